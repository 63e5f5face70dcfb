import type { StoreChange } from "@fmtc/core";
import { type Observable, Subject } from "rxjs";

/** Changes of a database, told to all its connections, in whichever tab or worker of this site they are. */
export interface ChangesChannel {
  /** Our own changes and those of others. */
  readonly changes$: Observable<StoreChange>;
  /** Tells subscribers of this connection, and all other connections. */
  readonly tell: (change: StoreChange) => void;
  /** Completes `changes$`. */
  readonly close: () => void;
}

/** Where there is no BroadcastChannel, a connection tells of its own changes only. */
export function openChangesChannel(databaseName: string): ChangesChannel {
  const changes = new Subject<StoreChange>();
  const { BroadcastChannel } = globalThis;
  const channel = BroadcastChannel === undefined ? undefined : new BroadcastChannel(`fmtc:${databaseName}`);
  // What is posted comes to all channels of the name but the one it was posted on, so ours are not echoed.
  channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (isChange(data)) changes.next(data);
  });
  return {
    changes$: changes.asObservable(),
    tell: (change) => {
      channel?.postMessage(change);
      changes.next(change);
    },
    close: () => {
      channel?.close();
      changes.complete();
    },
  };
}

/** Another version of this package, or other code of the site, may post on the channel as well. */
function isChange(data: unknown): data is StoreChange {
  if (typeof data !== "object" || data === null || !("kind" in data) || !("stores" in data)) return false;
  return typeof data.kind === "string" && Array.isArray(data.stores);
}
