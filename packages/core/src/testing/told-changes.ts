import type { TileStore } from "../ports/tile-store.ts";
import { holds } from "./assert.ts";

const MARKER = "(marker)";

/**
 * Does one step after the other, closes the store, and returns what `changes$` told of each step: texts such as
 * `tiles of a`, each once, in the order of the alphabet.
 *
 * Each step is followed by a change of a store of our own. What comes before the next such mark belongs to the step,
 * so nothing has to be waited for, not even by a store that tells its changes late.
 */
export async function toldChanges<Step extends string>(
  store: TileStore,
  steps: Readonly<Record<Step, () => Promise<unknown>>>,
): Promise<Readonly<Record<Step, readonly string[]>>> {
  const told: string[] = [];
  let isComplete = false;
  await store.stores.create(MARKER);
  store.changes$.subscribe({
    next: ({ kind, stores }) => told.push(...stores.map((name) => `${kind} of ${name}`)),
    complete: () => {
      isComplete = true;
    },
  });
  const names = Object.keys(steps) as Step[];
  for (const name of names) {
    await steps[name]();
    await store.metadata.set(MARKER, { step: name });
  }
  await store.close();
  holds(isComplete, "changes$ completes when the store closes");

  const mark = `metadata of ${MARKER}`;
  const lists = splitAt(told, mark);
  holds(lists.length === names.length + 1, "each change is told once, and in the order of the transactions");
  const byStep = {} as Record<Step, readonly string[]>;
  for (const [i, name] of names.entries()) byStep[name] = [...new Set(lists[i])].sort();
  return byStep;
}

function splitAt(items: readonly string[], mark: string): readonly (readonly string[])[] {
  const lists: string[][] = [[]];
  for (const item of items) {
    if (item === mark) lists.push([]);
    else lists.at(-1)?.push(item);
  }
  return lists;
}
