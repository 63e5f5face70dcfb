import { asyncScheduler, type SchedulerLike } from "rxjs";
import { describe } from "../errors/describe.ts";
import { OptionError } from "../errors/option-error.ts";
import { RootClosedError } from "../errors/root-closed-error.ts";
import { chance } from "../root/chance.ts";
import { randomId } from "../root/random-id.ts";
import type { Root } from "../root/root.ts";
import { connectedChanges } from "./connected-changes.ts";
import { ConnectedDownloads } from "./connected-downloads.ts";
import { connectedRecovery } from "./connected-recovery.ts";
import { connectedStore } from "./connected-store.ts";
import { Connection } from "./connection.ts";
import { isDownloadMessage, recordsOf } from "./read-envelope.ts";
import type { RemotePort } from "./remote-port.ts";

/** What there is to choose about a connection. */
export interface ConnectOptions {
  /**
   * How long nothing may be heard before it is asked whether there is still somebody. After three questions without an
   * answer the connection is lost. Infinity: never, and only what the port tells counts. Default: 10,000.
   */
  readonly heartbeatMs?: number | undefined;
  /** The clock. Default: the system's. */
  readonly scheduler?: SchedulerLike | undefined;
  /** Numbers by chance, in [0, 1): for ids. Default: the language's own. */
  readonly random?: (() => number) | undefined;
}

/**
 * A root that lives at the other end of a port, where `serveRoot` serves it. It is used as if it were here, with these
 * differences:
 * - What only the far side can know to be wrong with a download, such as the policy of its source, rejects its `done`.
 * - Subscribed to, observables emit once they have heard from the far side; late subscribers have the latest at once.
 * - `tiles$` leaves events out if this side cannot keep up with ten thousand of them waiting.
 * - `close` ends the connection alone: the root and its downloads go on.
 *
 * Once the far side is gone, all that waits for it fails with a `ConnectionLostError`.
 *
 * @example
 * const root = connectRoot(new Worker(new URL("./tiles.worker.js", import.meta.url), { type: "module" }));
 */
export function connectRoot(
  port: RemotePort,
  { heartbeatMs = 10_000, scheduler = asyncScheduler, random = chance }: ConnectOptions = {},
): Root {
  if (typeof heartbeatMs !== "number" || !(heartbeatMs > 0)) {
    const problem = `is ${describe(heartbeatMs)}, but must be a number above 0.`;
    throw new OptionError("heartbeatMs", heartbeatMs, problem);
  }
  const newId = () => randomId(random);
  const connection = new Connection(port, { session: newId(), heartbeatMs, scheduler });
  const downloads = new ConnectedDownloads(connection);
  const context = { connection, downloads, newId };
  return {
    store: (name) => connectedStore(context, name),
    stats: () => connection.call("root.stats"),
    changes$: connectedChanges(connection.listen("root.changes")),
    downloads: {
      list: async () => {
        const messages = recordsOf(await connection.call("downloads.list"));
        return messages.filter(isDownloadMessage).map((message) => downloads.of(message));
      },
      get: async (id) => {
        const message = await connection.call("downloads.get", id);
        return message === undefined ? undefined : downloads.of(message);
      },
    },
    recovery: connectedRecovery(context),
    close: async () => connection.end(new RootClosedError()),
  };
}
