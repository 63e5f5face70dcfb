import type { Bounds, TileInfo, TileStore } from "@fmtc/core";
import { firstTile } from "../stores/first-tile.ts";
import { sourcesIn } from "../stores/sources-in.ts";
import { boundsOfTiles } from "./bounds-of-tiles.ts";
import { endingsOf, mediaTypeOf } from "./tile-type.ts";

/** How long something is believed while nothing tells that it has changed. */
const BELIEVED_MS = 60_000;
/** How long a list of sources may lag behind who writes. */
const LAG_MS = 1_000;
const MOST_REMEMBERED = 10_000;

/** Which zooms there are of a source. */
export interface Zooms {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** How addresses of its tiles may end; undefined if the first tiles of the zooms differ, or do not tell. */
  readonly ending: string | undefined;
}

interface Remembered {
  readonly mark: string;
  readonly at: number;
  readonly value: Promise<unknown>;
  isBeingFound: boolean;
}

/**
 * What a store holds, found without a look at each tile where that can be, and remembered until the store changes. All
 * functions throw a `StoreNotFoundError` if there is no such store.
 */
export class StoreContents {
  readonly #store: TileStore;
  readonly #remembered = new Map<string, Remembered>();

  constructor(store: TileStore) {
    this.#store = store;
  }

  /** The sources of its tiles, in the order of keys. May be a second old. */
  sources(store: string): Promise<readonly string[]> {
    return this.#remember(JSON.stringify([store]), store, LAG_MS, () => sourcesIn(this.#store, store));
  }

  /** Undefined if it has no tile of the source. */
  zooms(store: string, source: string): Promise<Zooms | undefined> {
    return this.#remember(JSON.stringify([store, source, "zooms"]), store, 0, async () => {
      const firsts: TileInfo[] = [];
      let first = await firstTile(this.#store, store, { source });
      while (first !== undefined) {
        firsts.push(first);
        first = await firstTile(this.#store, store, { source, behind: first });
      }
      const [shallowest, deepest] = [firsts[0], firsts.at(-1)];
      if (shallowest === undefined || deepest === undefined) return undefined;
      const endings = new Set(firsts.map(({ contentType }) => endingsOf(mediaTypeOf(contentType))[0]));
      const [ending] = endings;
      return { minZoom: shallowest.z, maxZoom: deepest.z, ending: endings.size === 1 ? ending : undefined };
    });
  }

  /** See `boundsOfTiles`. Takes its time where there are many tiles; who asks again meanwhile waits for the same. */
  bounds(store: string, source: string): Promise<Bounds | undefined> {
    return this.#remember(JSON.stringify([store, source, "bounds"]), store, 0, async () => {
      const { minZoom, maxZoom } = (await this.zooms(store, source)) ?? { minZoom: 1, maxZoom: 0 };
      return boundsOfTiles(this.#store, store, source, minZoom, maxZoom);
    });
  }

  /** What was found the last time, unless the store looks different now, or is no longer believed to be the same. */
  async #remember<T>(key: string, store: string, lagMs: number, find: () => Promise<T>): Promise<T> {
    // Takes microseconds, and tells of what other processes have written, too.
    const { length, bytes, pinnedLength } = await this.#store.stores.stats(store);
    const mark = `${length} ${bytes} ${pinnedLength}`;
    const now = Date.now();
    const known = this.#remembered.get(key);
    if (known === undefined) return this.#find(key, mark, now, find);
    const value = known.value as Promise<T>;
    const age = now - known.at;
    if (known.isBeingFound || age < lagMs) return value;
    if (known.mark !== mark) return this.#find(key, mark, now, find);
    if (age >= BELIEVED_MS) {
      // As many tiles as before may be others. To find out may take its time.
      known.isBeingFound = true;
      find().then(
        (found) => this.#remembered.set(key, { mark, at: now, value: Promise.resolve(found), isBeingFound: false }),
        () => this.#remembered.delete(key),
      );
    }
    return value;
  }

  #find<T>(key: string, mark: string, now: number, find: () => Promise<T>): Promise<T> {
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    const value = find();
    const entry: Remembered = { mark, at: now, value, isBeingFound: true };
    this.#remembered.set(key, entry);
    value.then(
      () => {
        entry.isBeingFound = false;
      },
      () => this.#remembered.delete(key),
    );
    return value;
  }
}
