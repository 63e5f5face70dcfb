import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { testTileStore } from "@fmtc/core/testing/vitest";
import { describe, inject, vi } from "vitest";
import type { startWorker } from "../src/start-worker.ts";
import { fileHarness } from "./sqlite-harness.ts";

// Each scenario starts a thread: from the worker as it is built, that takes a fraction of the time.
vi.mock("../src/start-worker.ts", (): { startWorker: typeof startWorker } => ({
  startWorker: (options) => new Worker(join(inject("builtChildren"), "worker.js"), { workerData: options }),
}));

describe("a file, with a thread that writes", () => testTileStore(fileHarness({ worker: true })));
