import {
  planStoreSuite,
  runKnownGap,
  runStoreScenario,
  type StoreHarness,
  type StoreScenario,
  tileStoreScenarios,
} from "@fmtc/core/testing";
import { describe, expect, it } from "vitest";
import { memoryHarness } from "./memory-harness.ts";

const scenario = (key: string, fields: Partial<StoreScenario> = {}): StoreScenario => ({
  key,
  group: "group",
  needs: [],
  run: async () => {},
  ...fields,
});
const kept = scenario("group/kept");
const broken = scenario("group/broken", { run: () => Promise.reject(new Error("broken")) });

/** Memory stores that write down what happens to them. */
function watched(failures: { readonly open?: Error; readonly cleanUp?: Error } = {}) {
  const events: string[] = [];
  const harness: StoreHarness = {
    supports: [],
    open: async () => {
      events.push("open");
      if (failures.open !== undefined) throw failures.open;
      return {
        ...(await memoryHarness().open()),
        cleanUp: async () => {
          events.push("clean up");
          if (failures.cleanUp !== undefined) throw failures.cleanUp;
        },
      };
    },
  };
  return { harness, events };
}

describe("the scenarios", () => {
  it("have keys of their own that begin with their group", () => {
    expect(new Set(tileStoreScenarios.map(({ key }) => key)).size).toBe(tileStoreScenarios.length);
    for (const { key, group } of tileStoreScenarios) expect(key).toMatch(new RegExp(`^${group}/[a-z0-9-]+$`));
  });
});

describe("a scenario", () => {
  it("runs on a database of its own, which is cleaned up", async () => {
    const { harness, events } = watched();
    await runStoreScenario(harness, kept);
    await runStoreScenario(harness, kept);
    expect(events).toEqual(["open", "clean up", "open", "clean up"]);
  });

  it("is cleaned up when it fails, and its own failure is the one that is told", async () => {
    const { harness, events } = watched({ cleanUp: new Error("the folder is busy") });
    await expect(runStoreScenario(harness, broken)).rejects.toThrow("broken");
    expect(events).toEqual(["open", "clean up"]);
  });

  it("fails when its database cannot be cleaned up", async () => {
    const { harness } = watched({ cleanUp: new Error("the folder is busy") });
    await expect(runStoreScenario(harness, kept)).rejects.toThrow("the folder is busy");
  });
});

describe("a known gap", () => {
  it("has to fail, and is cleaned up", async () => {
    const { harness, events } = watched();
    await runKnownGap(harness, broken);
    expect(events).toEqual(["open", "clean up"]);
  });

  it("that has closed is a failure that says what to do", async () => {
    const { harness, events } = watched();
    await expect(runKnownGap(harness, kept)).rejects.toThrow('"group/kept" is kept now: the gap is closed. Remove it');
    expect(events).toEqual(["open", "clean up"]);
  });

  it("is none if the database does not even open, or cannot be cleaned up", async () => {
    await expect(runKnownGap(watched({ open: new Error("no file") }).harness, broken)).rejects.toThrow("no file");
    await expect(runKnownGap(watched({ cleanUp: new Error("busy") }).harness, broken)).rejects.toThrow("busy");
  });
});

describe("the plan", () => {
  const needy = scenario("other/needy", { group: "other", needs: ["reopen", "versions"] });

  it("leaves out what the store does not support", () => {
    const { groups, leftOut, problems } = planStoreSuite({ supports: ["reopen"] }, [kept, broken, needy]);
    expect([...groups]).toEqual([["group", [kept, broken]]]);
    expect(leftOut).toEqual([needy]);
    expect(problems).toEqual([]);
    expect(planStoreSuite({ supports: ["versions", "reopen"] }, [kept, needy]).leftOut).toEqual([]);
  });

  it("names gaps that are no scenarios, or none that are run", () => {
    const knownGaps = { "group/broken": "too slow", "group/gone": "renamed", "other/needy": "no versions" };
    expect(planStoreSuite({ supports: [], knownGaps }, [kept, broken, needy]).problems).toEqual([
      expect.stringContaining('"group/gone"'),
      expect.stringContaining('"other/needy"'),
    ]);
  });

  it("names what nothing needs", () => {
    const supports = ["reopening"] as never;
    expect(planStoreSuite({ supports }, [kept]).problems).toEqual([expect.stringContaining('"reopening"')]);
  });
});
