import type { Observable } from "rxjs";
import type { Download } from "../ports/download.ts";
import type { DatabaseStats } from "../ports/tile-store.ts";
import type { StoreChanges } from "../store/watch-changes.ts";
import type { Recovery } from "./recovery.ts";
import type { RootStore } from "./root-store.ts";

/**
 * One database with its named stores, the sources of its tiles and the downloads into it. It is the same here and over a
 * port (`connectRoot`).
 */
export interface Root {
  /** A named store. It need not be there yet: `manage.create` makes it. */
  readonly store: (name: string) => RootStore;
  /** Takes the same time however many tiles there are. */
  readonly stats: () => Promise<DatabaseStats>;
  /** What changes in the database, gathered for a tenth of a second. */
  readonly changes$: Observable<StoreChanges>;
  /** What this root is downloading. */
  readonly downloads: RunningDownloads;
  /** Downloads that were interrupted, here or elsewhere, and those that could be. */
  readonly recovery: Recovery;
  /** Pauses all downloads, then closes the store and the transport. Calling it again returns the same promise. */
  readonly close: () => Promise<void>;
}

/** The downloads that a root runs, paused ones included. */
export interface RunningDownloads {
  readonly list: () => Promise<readonly Download[]>;
  readonly get: (id: string) => Promise<Download | undefined>;
}
