import { parentPort, workerData } from "node:worker_threads";
import type { TileCommit } from "@fmtc/core";
import { toErrorMessage } from "./error-message.ts";
import { type Host, openHost } from "./host.ts";
import type { JobArguments, JobName } from "./jobs.ts";
import type { DatabaseOptions } from "./open-database.ts";
import { type PackedCommit, unpackCommit } from "./packed-commit.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker-messages.ts";

/** The thread that writes: it opens the database it is given, and does what it is asked to, in order. */
async function serve(): Promise<void> {
  const opened = await answer(0, () => openHost(workerData as DatabaseOptions), { shown: ({ session }) => session });
  if (opened === undefined) return;
  parentPort?.on("message", ({ id, job, args }: WorkerRequest) => {
    const buffer = job === "commitTiles" ? (args[0] as PackedCommit).buffer : undefined;
    answer(id, () => perform(opened, job, args), { buffer });
  });
}

function perform(host: Host, job: string, args: readonly unknown[]): unknown {
  if (job === "reclaim") return host.reclaim();
  if (job === "close") {
    host.close(args[0] as { damage: boolean });
    // With nothing to listen to, the thread ends.
    parentPort?.removeAllListeners("message");
    return undefined;
  }
  const unpacked = job === "commitTiles" ? [unpackCommit(args[0] as PackedCommit) satisfies TileCommit] : args;
  return host.run(job as JobName, ...(unpacked as JobArguments<JobName>));
}

interface AnswerOptions<T> {
  /** What of the result is told. Default: all. */
  readonly shown?: (result: T) => unknown;
  /** What goes back with the answer. */
  readonly buffer?: ArrayBuffer | undefined;
}

/** Answers with the result of `work`, or with its error. Work that does not wait is done at once. */
async function answer<T>(id: number, work: () => T | Promise<T>, { shown = (all) => all, buffer }: AnswerOptions<T>) {
  const send = (message: WorkerAnswer) => parentPort?.postMessage({ ...message, buffer }, buffer ? [buffer] : []);
  try {
    const pending = work();
    const result = pending instanceof Promise ? await pending : pending;
    send({ id, result: shown(result) });
    return result;
  } catch (error) {
    send({ id, error: toErrorMessage(error) });
    return undefined;
  }
}

await serve();
