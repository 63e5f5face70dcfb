import { testTileStore } from "@fmtc/core/testing/vitest";
import { memoryHarness } from "./memory-harness.ts";

testTileStore(memoryHarness());
