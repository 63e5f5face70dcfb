import { testTileStore } from "@fmtc/core/testing/vitest";
import { describe } from "vitest";
import { memoryHarness } from "./memory-harness.ts";
import { withOther } from "./store-mutants/mutant.ts";

// A store with two faults, on whose account two scenarios fail. If the binding ran them like others, so would this.
const faulty = memoryHarness((store) =>
  withOther(store, "metadata", { remove: async (name, key) => void (await store.metadata.remove(name, key)) }),
);

describe("a store with known gaps, which supports nothing beyond the port", () => {
  testTileStore({
    ...faulty,
    supports: [],
    knownGaps: {
      "metadata/remove-takes-one-entry-and-returns-what-it-held": "It does not look before it removes.",
      "hostile-texts/as-metadata": "It does not look before it removes.",
    },
  });
});
