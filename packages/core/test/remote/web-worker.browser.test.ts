import { connectRoot } from "@fmtc/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { downloadsInWorker, isKilledInTheMiddle } from "./worker-scenarios.ts";

function startWorker(): Worker {
  const worker = new Worker(new URL("./web-root.worker.ts", import.meta.url), { type: "module" });
  onTestFinished(() => worker.terminate());
  return worker;
}

describe("a root in a Web Worker", () => {
  it("downloads", async () => {
    const worker = startWorker();
    await downloadsInWorker(connectRoot(worker), () => connectRoot(worker));
  });

  it("is terminated in the middle, which nobody tells: the heartbeat does", async () => {
    const worker = startWorker();
    const error = await isKilledInTheMiddle(connectRoot(worker, { heartbeatMs: 1_000 }), () => worker.terminate());
    expect(error.message).toContain("there is no answer");
  });

  it("is terminated in the middle, and served over a port of its own", async () => {
    const worker = startWorker();
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ port: port1 }, [port1]);
    await isKilledInTheMiddle(connectRoot(port2, { heartbeatMs: 1_000 }), () => worker.terminate());
  });

  it("does not even start", async () => {
    const worker = new Worker(URL.createObjectURL(new Blob(["throw new TypeError('It is broken.')"])));
    // The browser tells the page too, which is as it should be.
    worker.addEventListener("error", (event) => event.preventDefault());
    await expect(connectRoot(worker).stats()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  });
});
