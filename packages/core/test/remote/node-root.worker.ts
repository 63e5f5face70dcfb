import { type MessagePort, parentPort } from "node:worker_threads";
import { serveRoot } from "@fmtc/core";
import { openWorkerRoot } from "./worker-root.ts";

// A root in a thread of Node. Told to crash it does; given a port, it is served over that one too.
const root = openWorkerRoot();
if (parentPort === null) throw new Error("This file is for a worker.");
parentPort.on("message", (data: "crash" | { readonly port?: MessagePort }) => {
  if (data === "crash") throw new Error("It has crashed.");
  if (data.port !== undefined) serveRoot(root, data.port);
});
serveRoot(root, parentPort);
