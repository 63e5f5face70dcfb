import { StoreVersionError } from "@fmtc/core";
import { runStoreScenario, type StoreHarness, tileStoreScenarios } from "@fmtc/core/testing";
import { describe, expect, it } from "vitest";
import { memoryHarness } from "./memory-harness.ts";
import { byteMutants } from "./store-mutants/bytes.ts";
import { changeMutants } from "./store-mutants/changes.ts";
import { closingMutants } from "./store-mutants/closing.ts";
import { commitMutants } from "./store-mutants/commits.ts";
import { downloadMutants } from "./store-mutants/downloads.ts";
import { hollowStore } from "./store-mutants/hollow-store.ts";
import { inputMutants } from "./store-mutants/input.ts";
import { leaseMutants } from "./store-mutants/leases.ts";
import { presenceMutants, withPresence } from "./store-mutants/presence.ts";
import { removalMutants } from "./store-mutants/removal.ts";
import { scanMutants } from "./store-mutants/scan.ts";
import { storeMutants } from "./store-mutants/stores.ts";
import { tileMutants } from "./store-mutants/tiles.ts";

function scenarioOf(key: string) {
  const scenario = tileStoreScenarios.find((each) => each.key === key);
  if (scenario === undefined) expect.fail(`There is no scenario "${key}".`);
  return scenario;
}

describe.each([
  ["stores and metadata", storeMutants],
  ["tiles", tileMutants],
  ["bytes", byteMutants],
  ["removal", removalMutants],
  ["scan", scanMutants],
  ["downloads", downloadMutants],
  ["leases", leaseMutants],
  ["presence", presenceMutants],
  ["commits", commitMutants],
  ["changes", changeMutants],
  ["closing", closingMutants],
  ["input", inputMutants],
])("when it comes to %s, the suite notices that", (_, mutants) => {
  it.each(mutants)("$what, by $caughtBy", async ({ caughtBy, breaks }) => {
    await expect(runStoreScenario(memoryHarness(breaks), scenarioOf(caughtBy))).rejects.toThrow();
  });
});

describe("a store that knows who is here", () => {
  const scenarios = tileStoreScenarios.filter(({ group }) => group === "presence");

  it.each(scenarios)("passes $key", (scenario) => runStoreScenario(memoryHarness(withPresence), scenario));
});

describe("a store that does nothing", () => {
  const runnable = tileStoreScenarios.filter(({ needs }) => !needs.includes("versions"));

  it.each(runnable)("fails $key", async (scenario) => {
    await expect(runStoreScenario(memoryHarness(hollowStore), scenario)).rejects.toThrow();
  });
});

describe("a newer database", () => {
  const { key } = scenarioOf("versions/newer-database-is-refused-each-time");

  /** Memory stores with a version; `refusals` says how often a newer one is refused. */
  const versioned = (refusals: number): StoreHarness => ({
    supports: ["reopen", "versions"],
    open: async () => {
      const database = await memoryHarness().open();
      let left = 0;
      return {
        ...database,
        connect: async () => {
          if (left-- > 0) throw new StoreVersionError(2, 1);
          return database.connect();
        },
        makeNewer: async () => {
          left = refusals;
        },
      };
    },
  });

  it("is refused each time, and the suite notices when it is not", async () => {
    await runStoreScenario(versioned(Infinity), scenarioOf(key));
    await expect(runStoreScenario(versioned(0), scenarioOf(key))).rejects.toThrow("should have failed");
    await expect(runStoreScenario(versioned(1), scenarioOf(key))).rejects.toThrow("the second attempt");
  });
});
