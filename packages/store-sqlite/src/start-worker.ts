import { Worker } from "node:worker_threads";
import type { DatabaseOptions } from "./open-database.ts";

/** Starts the thread that writes. */
export function startWorker(options: DatabaseOptions): Worker {
  // Node 22 says in each thread anew that its SQLite is young.
  const env = { ...process.env, NODE_NO_WARNINGS: "1" };
  // In the sources of this package, the thread runs sources too.
  if (import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: options,
      env,
      execArgv: ["--conditions=@fmtc/source"],
    });
  }
  return new Worker(new URL("./worker.js", import.meta.url), { workerData: options, env });
}
