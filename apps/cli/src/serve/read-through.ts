import { policyOf, type StoredTile, type TileKey, type TileSource, type TileStore, type Transport } from "@fmtc/core";
import { type Fetched, unfetched } from "./fetched.ts";
import { RequestLine } from "./request-line.ts";
import { SourceServer } from "./source-server.ts";

/** As many as browsers have for a host: whoever asks looks at a map. */
const MOST_UNDER_WAY = 6;
const KEPT_BEFORE_EVICTION = 100;

export interface ReadThroughOptions {
  readonly transport: Transport;
  /** As `defineSource` has accepted them. */
  readonly sources: readonly TileSource[];
}

interface Shared {
  readonly fetched: Fetched;
  /** The store that has got the tile. */
  readonly keptIn: string | undefined;
}

const GIVEN_UP: Shared = { fetched: unfetched(503, "This server is being closed."), keptIn: undefined };

interface Place {
  readonly server: SourceServer;
  readonly line: RequestLine<Shared>;
}

/** Asks the servers of sources for what stores lack, and keeps it there, not pinned. Stale tiles are for want of better ones. */
export class ReadThrough {
  readonly sources: ReadonlyMap<string, TileSource>;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #store: TileStore;
  readonly #report: (error: unknown) => void;
  readonly #closing = new AbortController();
  readonly #kept = new Map<string, number>();

  constructor({ transport, sources }: ReadThroughOptions, store: TileStore, report: (error: unknown) => void) {
    this.#store = store;
    this.#report = report;
    this.sources = new Map(sources.map((source) => [source.id, source]));
    this.#places = new Map(
      sources.map((source) => {
        const mostUnderWay = Math.min(MOST_UNDER_WAY, policyOf(source).connections ?? MOST_UNDER_WAY);
        const server = new SourceServer(source, transport, this.#closing.signal);
        return [source.id, { server, line: new RequestLine<Shared>(mostUnderWay, GIVEN_UP) }];
      }),
    );
  }

  /** Whether the source of a tile is read through, and has its zoom. */
  covers({ source: id, z }: TileKey): boolean {
    const source = this.sources.get(id);
    return source !== undefined && z >= (source.minZoom ?? 0) && z <= (source.maxZoom ?? Infinity);
  }

  /**
   * A tile that a store lacks, or of which it holds a stale one: from another store of the database if that has a fresh
   * one, else from the server. If that fails and there is a stale one, that. `signal` tells that nobody waits for it any more.
   */
  async read(store: string, key: TileKey, held: StoredTile | undefined, signal: AbortSignal): Promise<Fetched> {
    const place = this.#places.get(key.source);
    if (place === undefined) return unfetched(404, "Its source is not read through.");
    const known = held ?? (await this.#store.tiles.read(key));
    if (known !== undefined && !isStale(known, Date.now())) {
      await this.#keep(store, known, false);
      return { kind: "tile", tile: known };
    }
    const { fetched, keptIn } = await place.line.ask(
      `${key.z}/${key.x}/${key.y}`,
      () => this.#fetchInto(store, key, known, place.server),
      signal,
    );
    if (fetched.kind === "unfetched" && known !== undefined) return { kind: "tile", tile: known };
    if (fetched.kind === "tile" && keptIn !== store) await this.#keep(store, fetched.tile, false);
    return fetched;
  }

  /** Ends requests. Settles when what has been fetched is kept. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#places.values()].map(({ line }) => line.close()));
  }

  async #fetchInto(store: string, key: TileKey, known: StoredTile | undefined, server: SourceServer): Promise<Shared> {
    const fetched = server.expected(key) ?? (await server.fetch(key, known));
    if (fetched.kind !== "tile") return { fetched, keptIn: undefined };
    await this.#keep(store, fetched.tile, fetched.tile.bytes !== known?.bytes);
    return { fetched, keptIn: store };
  }

  /** Without its bytes it is the tile that the database has. A tile that cannot be kept can be shown all the same. */
  async #keep(store: string, tile: StoredTile, withBytes: boolean): Promise<void> {
    const { bytes, length: _, ...write } = tile;
    try {
      await this.#store.commit({ store, tiles: [withBytes ? { ...write, bytes } : write] });
      await this.#evictNowAndThen(store);
    } catch (error) {
      this.#report(error);
    }
  }

  /** Tiles that nobody has downloaded on purpose keep to the limits of their store, if it has any. */
  async #evictNowAndThen(store: string): Promise<void> {
    const kept = (this.#kept.get(store) ?? 0) + 1;
    this.#kept.set(store, kept % KEPT_BEFORE_EVICTION);
    if (kept < KEPT_BEFORE_EVICTION) return;
    const { maxLength, maxBytes } = await this.#store.stores.limits(store);
    if (maxLength !== undefined || maxBytes !== undefined) await this.#store.tiles.evictOldest(store);
  }
}

/** By what its server has said. */
export function isStale({ expiresAt }: StoredTile, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}
