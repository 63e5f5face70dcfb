import { map, ReplaySubject, share } from "rxjs";
import type { RecoverableDownload, Recovery } from "../root/recovery.ts";
import { completeOnClose } from "./connected-changes.ts";
import type { NearContext } from "./connected-store.ts";
import type { RecoverableMessage } from "./protocol.ts";
import { isRecoverableMessage, recordsOf } from "./read-envelope.ts";

/** The recovery of a connected root. */
export function connectedRecovery({ connection, downloads }: NearContext): Recovery {
  const resume = async (id: string) => downloads.of(await connection.call("recovery.resume", id));
  const retryFailed = async (id: string) => downloads.of(await connection.call("recovery.retryFailed", id));
  const discard = (id: string) => connection.call("recovery.discard", id);
  const recoverable = (message: RecoverableMessage): RecoverableDownload => ({
    ...message,
    resume: () => resume(message.id),
    retryFailed: () => retryFailed(message.id),
    discard: () => discard(message.id),
  });
  const recoverables = (messages: readonly RecoverableMessage[]) =>
    recordsOf(messages).filter(isRecoverableMessage).map(recoverable);
  return {
    list: async () => recoverables(await connection.call("recovery.list")),
    failed: async () => recoverables(await connection.call("recovery.failed")),
    get: async (id) => {
      const message = await connection.call("recovery.get", id);
      return message === undefined ? undefined : recoverable(message);
    },
    resume,
    retryFailed,
    failedTiles: (id, page) => connection.call("recovery.failedTiles", id, page),
    discard,
    changes$: connection
      .listen("recovery.changes")
      .pipe(map(recoverables), completeOnClose(), share({ connector: () => new ReplaySubject(1) })),
  };
}
