import { StoreUnavailableError, type TileCommit } from "@fmtc/core";
import { CopyBuffers } from "./copy-buffers.ts";
import { fromErrorMessage } from "./error-message.ts";
import type { JobName, JobValue } from "./jobs.ts";
import type { DatabaseOptions } from "./open-database.ts";
import type { Outcome } from "./outcome.ts";
import { packCommit } from "./packed-commit.ts";
import { startWorker } from "./start-worker.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker-messages.ts";
import type { Writer } from "./writer.ts";

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes in a thread of its own. Its messages are the queue. While it has something to do it keeps the process alive,
 * so that what was begun is done; idle, it does not.
 */
export async function openWorkerWriter(options: DatabaseOptions): Promise<Writer> {
  const worker = startWorker(options);
  const pending = new Map<number, Pending>();
  const copies = new CopyBuffers();
  let lastId = 0;
  /** Why nothing can be asked of the thread any more. */
  let gone: StoreUnavailableError | undefined;

  const expect = (id: number): Promise<unknown> => {
    if (pending.size === 0) worker.ref();
    return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
  };
  const settle = (id: number, how: (waiting: Pending) => void) => {
    const waiting = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) worker.unref();
    if (waiting !== undefined) how(waiting);
  };
  const fail = (cause: unknown) => {
    gone ??= new StoreUnavailableError(
      `The thread that writes the database ${options.path} has ended. What was acknowledged is there; open it again.`,
      { cause },
    );
    for (const { reject } of pending.values()) reject(gone);
    pending.clear();
  };

  worker.on("message", (answer: WorkerAnswer) => {
    if (answer.buffer !== undefined) copies.giveBack(answer.buffer);
    settle(answer.id, ({ resolve, reject }) =>
      "error" in answer ? reject(fromErrorMessage(answer.error)) : resolve(answer.result),
    );
  });
  worker.on("messageerror", fail);
  worker.on("error", fail);
  worker.on("exit", (exitCode) => fail(new Error(`It ended with exit code ${exitCode}.`)));

  const ask = async (job: string, args: readonly unknown[], transferred: ArrayBuffer[] = []): Promise<unknown> => {
    if (gone !== undefined) throw gone;
    const id = ++lastId;
    worker.postMessage({ id, job, args } satisfies WorkerRequest, transferred);
    return expect(id);
  };

  const askToCommit = async (commit: TileCommit): Promise<unknown> => {
    const { packed, transferred } = packCommit(commit, copies);
    try {
      return await ask("commitTiles", [packed], transferred);
    } catch (error) {
      if (commit.transfer !== true || !isCloneError(error)) throw error;
    }
    // There are buffers that look like any other and cannot be transferred, such as the memory of WebAssembly.
    return ask("commitTiles", [packCommit({ ...commit, transfer: false }, copies).packed]);
  };

  const session = (await expect(0)) as number;
  return {
    session,
    run: async <Name extends JobName>(name: Name, ...args: readonly unknown[]) => {
      if (name !== "commitTiles") return (await ask(name, args)) as Outcome<JobValue<Name>>;
      return (await askToCommit(args[0] as TileCommit)) as Outcome<JobValue<Name>>;
    },
    reclaim: async () => (await ask("reclaim", [])) as number,
    close: async (after) => {
      if (gone === undefined) await ask("close", [after]);
    },
  };
}

function isCloneError(error: unknown): boolean {
  return error instanceof Error && error.name === "DataCloneError";
}
