import type { StoreScenario } from "./scenario.ts";
import type { Need, StoreHarness } from "./store-harness.ts";

/** What of a suite is to be run with a harness. */
export interface StoreSuitePlan {
  /** Scenarios that the store supports, by their groups, in their order. */
  readonly groups: ReadonlyMap<string, readonly StoreScenario[]>;
  /** Scenarios that need more than the store supports. */
  readonly leftOut: readonly StoreScenario[];
  /** What is wrong with the harness, as sentences. */
  readonly problems: readonly string[];
}

const NEEDS: readonly string[] = ["reopen", "connections", "shared-changes", "versions", "presence"] satisfies Need[];

export function planStoreSuite(
  { supports, knownGaps = {} }: Pick<StoreHarness, "supports" | "knownGaps">,
  scenarios: readonly StoreScenario[],
): StoreSuitePlan {
  const isSupported = ({ needs }: StoreScenario) => needs.every((need) => supports.includes(need));
  const wanted = scenarios.filter(isSupported);
  const wantedKeys = new Set(wanted.map(({ key }) => key));
  return {
    groups: new Map(wanted.map(({ group }) => [group, wanted.filter((scenario) => scenario.group === group)])),
    leftOut: scenarios.filter((scenario) => !isSupported(scenario)),
    problems: [
      ...supports
        .filter((need) => !NEEDS.includes(need))
        .map((need) => `supports names "${need}", which nothing needs.`),
      ...Object.keys(knownGaps)
        .filter((key) => !wantedKeys.has(key))
        .map((key) => `knownGaps names "${key}", which is no scenario that is run. Remove it from the list.`),
    ],
  };
}
