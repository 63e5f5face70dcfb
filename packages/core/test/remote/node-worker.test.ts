import { Worker } from "node:worker_threads";
import { connectRoot } from "@fmtc/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { downloadsInWorker, isKilledInTheMiddle } from "./worker-scenarios.ts";

function startWorker(): Worker {
  const worker = new Worker(new URL("./node-root.worker.ts", import.meta.url), {
    execArgv: ["--experimental-strip-types", "--conditions=@fmtc/source"],
  });
  onTestFinished(() => void worker.terminate());
  return worker;
}

describe("a root in a worker of Node", () => {
  it("downloads", async () => {
    const worker = startWorker();
    await downloadsInWorker(connectRoot(worker), () => connectRoot(worker));
  });

  it("is terminated in the middle", async () => {
    const worker = startWorker();
    await isKilledInTheMiddle(connectRoot(worker), () => worker.terminate());
  });

  it("crashes in the middle, and it is told why", async () => {
    const worker = startWorker();
    const error = await isKilledInTheMiddle(connectRoot(worker), () => worker.postMessage("crash"));
    expect(error.cause).toMatchObject({ message: "It has crashed." });
  });

  it("is terminated, and served over a port of its own", async () => {
    const worker = startWorker();
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ port: port1 }, [port1 as never]);
    await isKilledInTheMiddle(connectRoot(port2), () => worker.terminate());
  });

  it("does not even start", async () => {
    const worker = new Worker("throw new TypeError('It is broken.')", { eval: true });
    const root = connectRoot(worker);
    await expect(root.stats()).rejects.toMatchObject({ code: "CONNECTION_LOST", cause: { name: "TypeError" } });
  });
});
