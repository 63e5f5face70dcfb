import { ScenarioError } from "./assert.ts";
import type { StoreScenario } from "./scenario.ts";
import type { StoreHarness } from "./store-harness.ts";

/** Runs a scenario that is known to fail. Rejects if it does not, so that a gap that was closed is noticed. */
export async function runKnownGap(harness: StoreHarness, { key, run }: StoreScenario): Promise<void> {
  const database = await harness.open();
  const isClosed = await run(database).then(
    () => true,
    () => false,
  );
  await database.cleanUp();
  if (isClosed) throw new ScenarioError(`"${key}" is kept now: the gap is closed. Remove it from knownGaps.`);
}
