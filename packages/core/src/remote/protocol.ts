import type { DownloadOptions } from "../ports/download-options.ts";
import type { DownloadProgress } from "../ports/download-progress.ts";
import type { TileEvent } from "../ports/tile-event.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";
import type { RecoverableDownload, Recovery } from "../root/recovery.ts";
import type { Root } from "../root/root.ts";
import type { RootStore, StoreDownloads, StoreManagement, StoreTexts } from "../root/root-store.ts";
import type { StoreChanges } from "../store/watch-changes.ts";
import type { ErrorMessage } from "./error-message.ts";

/*
 * How a root is used from elsewhere. The far side has the root (`serveRoot`), the near side wants it (`connectRoot`).
 *
 *     near                            far
 *                         ◀──────     ready                as it begins to serve: who said hello too early says it again
 *     hello               ──────▶                          opens a session; the one that this port had before is over
 *                         ◀──────     welcome | refused    refused: it speaks another version
 *     call 1 …            ──────▶
 *                         ◀──────     result 1 | failure 1
 *     listen 2 …          ──────▶                          subscribes to an observable
 *                         ◀──────     next 2 …             what came since the last one, gathered
 *     taken 2             ──────▶                          without it, only a few more come
 *     leave 2             ──────▶     (or complete 2 | failure 2)
 *                         ◀──────     over -1              a download has ended, whether or not anybody listens
 *     ping                ──────▶     pong                 when nothing else was heard for a while
 *     bye                 ──────▶     (or bye)             the session is over. Downloads go on
 *
 * Each message is posted in an envelope with others of the same moment, which are handled at one stroke: who starts a
 * download and subscribes to its tiles in the next line misses none. Whatever is no envelope, is of another session, or
 * has a strange shape, is passed over; so a port may carry other messages too.
 *
 * Downloads have numbers within a session: positive ones for those that the near side starts, as it need not wait for
 * an answer then, and negative ones, given by the far side, for those that it finds.
 */

/** Raised when a message, a call or a stream changes. Envelopes, `ready`, `hello`, `welcome` and `refused` stay as they are. */
export const PROTOCOL_VERSION = 1;

export interface Envelope {
  readonly fmtc: "root";
  /** A name by chance that the near side gives; none while there is no session. */
  readonly session: string | undefined;
  readonly messages: readonly unknown[];
}

export type NearMessage =
  | { readonly type: "hello"; readonly version: number }
  | { readonly type: "call"; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly type: "listen"; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly type: "taken"; readonly id: number }
  | { readonly type: "leave"; readonly id: number }
  | { readonly type: "ping" }
  | { readonly type: "bye" };

export type FarMessage =
  | { readonly type: "ready"; readonly version: number }
  | { readonly type: "welcome"; readonly version: number }
  | { readonly type: "refused"; readonly version: number }
  | { readonly type: "result"; readonly id: number; readonly value: unknown }
  | { readonly type: "failure"; readonly id: number; readonly error: ErrorMessage }
  | { readonly type: "next"; readonly id: number; readonly value: unknown }
  | { readonly type: "complete"; readonly id: number }
  | OverMessage
  | { readonly type: "pong" }
  /** With an error: there is no root to be had, and this is why. */
  | { readonly type: "bye"; readonly error: ErrorMessage | undefined };

/** A download has ended: its last progress, and, if it has failed, why. */
export interface OverMessage {
  readonly type: "over";
  readonly ref: number;
  readonly progress: DownloadProgress | undefined;
  readonly error: ErrorMessage | undefined;
}

/** A download that the far side has found. */
export interface DownloadMessage {
  readonly ref: number;
  readonly id: string;
  readonly store: string;
}

/** A recoverable download without its functions. */
export type RecoverableMessage = Omit<RecoverableDownload, "resume" | "retryFailed" | "discard">;

/** What the near side may call, and nothing else: the functions of a root, its stores, its recovery and its downloads. */
export interface RemoteCalls {
  "root.stats": Root["stats"];

  "store.stats": OfStore<RootStore["stats"]>;
  "manage.create": OfStore<StoreManagement["create"]>;
  "manage.exists": OfStore<StoreManagement["exists"]>;
  "manage.delete": OfStore<StoreManagement["delete"]>;
  "manage.rename": (store: string, newName: string) => Promise<void>;
  "manage.reset": OfStore<StoreManagement["reset"]>;
  "manage.limits": OfStore<StoreManagement["limits"]>;
  "manage.setLimits": OfStore<StoreManagement["setLimits"]>;
  "manage.latestTile": OfStore<StoreManagement["latestTile"]>;
  "manage.removeRegion": OfStore<StoreManagement["removeRegion"]>;
  "manage.removeOlderThan": OfStore<StoreManagement["removeOlderThan"]>;
  "manage.evictOldest": OfStore<StoreManagement["evictOldest"]>;
  "metadata.read": OfStore<StoreTexts["read"]>;
  "metadata.set": OfStore<StoreTexts["set"]>;
  "metadata.remove": OfStore<StoreTexts["remove"]>;
  "metadata.reset": OfStore<StoreTexts["reset"]>;

  "downloads.startForeground": StartDownload;
  "downloads.repair": StartDownload;
  "downloads.update": StartDownload;
  "downloads.startBackground": (
    store: string,
    region: DownloadableRegion,
    options: DownloadOptions,
  ) => Promise<DownloadMessage>;
  "downloads.check": OfStore<StoreDownloads["check"]>;
  "downloads.plan": OfStore<StoreDownloads["plan"]>;
  "downloads.audit": OfStore<StoreDownloads["audit"]>;
  "downloads.cancel": OfStore<StoreDownloads["cancel"]>;
  "downloads.list": () => Promise<readonly DownloadMessage[]>;
  "downloads.get": (id: string) => Promise<DownloadMessage | undefined>;

  "recovery.list": () => Promise<readonly RecoverableMessage[]>;
  "recovery.failed": () => Promise<readonly RecoverableMessage[]>;
  "recovery.get": (id: string) => Promise<RecoverableMessage | undefined>;
  "recovery.resume": (id: string) => Promise<DownloadMessage>;
  "recovery.retryFailed": (id: string) => Promise<DownloadMessage>;
  "recovery.failedTiles": Recovery["failedTiles"];
  "recovery.discard": Recovery["discard"];

  "download.pause": (ref: number) => Promise<void>;
  "download.resume": (ref: number) => Promise<void>;
  "download.cancel": (ref: number) => Promise<void>;
}

type OfStore<F> = F extends (...args: infer A) => infer R ? (store: string, ...args: A) => R : never;

/** `ref` is the number that the near side gives to the download. */
type StartDownload = (ref: number, store: string, region: DownloadableRegion, options: DownloadOptions) => void;

/** What the near side may listen to, and what comes with each `next`. */
export interface RemoteStreams {
  /** What has changed since the last one. */
  "root.changes": () => StoreChanges;
  "store.changes": (store: string) => StoreChanges;
  /** The latest list. */
  "recovery.changes": () => readonly RecoverableMessage[];
  /** A snapshot, and from then on the fields that have changed, once for each progress. The final one comes with `over`. */
  "download.progress": (ref: number) => readonly Partial<DownloadProgress>[];
  /** The events since the last one. If the near side is too slow for all of them, the oldest are left out. */
  "download.tiles": (ref: number) => readonly TileEvent[];
}
