import type { TileSource, TileStore } from "@fmtc/core";
import type { ReadThrough } from "./read-through.ts";
import type { StoreContents } from "./store-contents.ts";

/** What all requests to a server have in common. */
export interface MapService {
  readonly store: TileStore;
  readonly contents: StoreContents;
  /** The names of the stores that it gives, of those that exist, in the order of their code units. */
  readonly stores: () => Promise<readonly string[]>;
  readonly isServed: (store: string) => boolean;
  /** Sources about which more is known than their tiles tell, by id. */
  readonly known: ReadonlyMap<string, TileSource>;
  readonly readThrough: ReadThrough | undefined;
  /** Hosts and origins that may have the source's server asked. */
  readonly trust: Trust;
  /** Where the server listens, such as `http://127.0.0.1:8080`. */
  readonly ownUrl: () => string;
  /** Hears of what went wrong here, and is nobody's fault who asks. */
  readonly report: (error: unknown) => void;
}

export interface Trust {
  /** Names of this machine, in lower case; addresses and `localhost` are trusted anyway. */
  readonly hosts: ReadonlySet<string>;
  /** Of pages, as in the header `Origin`; those on this machine are trusted anyway. */
  readonly origins: ReadonlySet<string>;
}
