import { testTileStore } from "@fmtc/core/testing/vitest";
import { describe } from "vitest";
import { fileHarness, memoryHarness } from "./sqlite-harness.ts";

describe("a file, written in this thread", () => testTileStore(fileHarness({ worker: false })));
describe("in memory", () => testTileStore(memoryHarness));
