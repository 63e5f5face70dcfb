import { testTileStore } from "@fmtc/core/testing/vitest";
import { describe } from "vitest";
import { idbHarness } from "./idb-harness.ts";

describe("a database of IndexedDB", () => testTileStore(idbHarness));
