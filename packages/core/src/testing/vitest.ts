import { describe, expect, it } from "vitest";
import { planStoreSuite } from "./plan-store-suite.ts";
import { runKnownGap } from "./run-known-gap.ts";
import { runStoreScenario } from "./run-store-scenario.ts";
import type { StoreScenario } from "./scenario.ts";
import type { StoreHarness } from "./store-harness.ts";
import { tileStoreScenarios } from "./store-scenarios.ts";

/**
 * Registers a test for each promise of a `TileStore`, named by its key, in a group for each group. Scenarios that need
 * more than the store supports are named by one test, and known gaps have to fail.
 *
 * @example
 * testTileStore({ supports: ["reopen", "connections", "versions"], open: openTestDatabase });
 */
export function testTileStore(harness: StoreHarness): void {
  const { groups, leftOut, problems } = planStoreSuite(harness, tileStoreScenarios);
  it(`harness is sound${leftOut.length === 0 ? "" : `; not run are ${leftOut.map(({ key }) => key).join(", ")}`}`, () => {
    expect(problems).toEqual([]);
  });
  for (const [group, scenarios] of groups) {
    describe(group, () => {
      for (const scenario of scenarios) register(harness, scenario);
    });
  }
}

function register(harness: StoreHarness, scenario: StoreScenario): void {
  const gap = harness.knownGaps?.[scenario.key];
  if (gap === undefined) {
    it(scenario.key, () => runStoreScenario(harness, scenario));
    return;
  }
  it(`${scenario.key} is a known gap: ${gap}`, () => runKnownGap(harness, scenario));
}
