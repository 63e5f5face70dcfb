import type { StoreScenario } from "./scenario.ts";
import type { StoreHarness } from "./store-harness.ts";

/**
 * Runs a scenario on a database of its own, which it cleans up whatever comes. Rejects if the promise is not kept.
 *
 * @example
 * for (const scenario of tileStoreScenarios) test(scenario.key, () => runStoreScenario(harness, scenario));
 */
export async function runStoreScenario(harness: StoreHarness, { run }: StoreScenario): Promise<void> {
  const database = await harness.open();
  try {
    await run(database);
  } catch (error) {
    // What the scenario found is what matters; a failure to clean up is often its consequence.
    await database.cleanUp().catch(() => {});
    throw error;
  }
  await database.cleanUp();
}
