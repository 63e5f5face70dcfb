import type { Need, TestDatabase } from "./store-harness.ts";

/** One promise of a port as a program, for any test runner: it rejects if the promise is not kept. */
export interface StoreScenario {
  /** Stable and unique, such as `tiles/later-of-two-writes-stays`. It begins with the group. */
  readonly key: string;
  readonly group: string;
  /** What a store has to support for it. */
  readonly needs: readonly Need[];
  /** Runs on an empty database, which the caller cleans up. */
  readonly run: (database: TestDatabase) => Promise<void>;
}

type Run = StoreScenario["run"];

/** The scenarios of a group by their names, each as it runs, with what it needs if it needs something. */
export function scenariosOf(
  group: string,
  scenarios: Readonly<Record<string, Run | { readonly needs: readonly Need[]; readonly run: Run }>>,
): readonly StoreScenario[] {
  return Object.entries(scenarios).map(([name, scenario]) => ({
    key: `${group}/${name}`,
    group,
    ...(typeof scenario === "function" ? { needs: [], run: scenario } : scenario),
  }));
}
