import {
  type Freshness,
  policyOf,
  type StoredTile,
  type TileKey,
  type TileSource,
  type Transport,
  TransportError,
  type TransportResponse,
  tileUrls,
  verdictOf,
} from "@fmtc/core";
import { firstValueFrom, fromEvent, takeUntil } from "rxjs";
import { type Fetched, type Unfetched, unfetched } from "./fetched.ts";

/** How long a server is left alone that cannot be reached, or is busy and does not say for how long. */
const PAUSE_MS = 5_000;
/** How long it is believed that there is no such tile. */
const BELIEVED_MS = 60_000;
const MOST_BELIEVED = 10_000;

/** The server of one source: asks it for tiles, one request a call, and knows when there is no use in asking. */
export class SourceServer {
  readonly source: TileSource;
  readonly #transport: Transport;
  readonly #closing: AbortSignal;
  readonly #urlOf: ReturnType<typeof tileUrls>;
  readonly #minCacheMs: number;
  #pausedUntil = 0;
  #pause: Unfetched | undefined;
  readonly #believed = new Map<string, { readonly until: number; readonly fetched: Fetched }>();

  /** `closing` ends what is under way. */
  constructor(source: TileSource, transport: Transport, closing: AbortSignal) {
    this.source = source;
    this.#transport = transport;
    this.#closing = closing;
    this.#urlOf = tileUrls(source);
    this.#minCacheMs = policyOf(source).minCacheMs ?? 0;
  }

  /** What is known without asking: that the server is to be left alone, or what it has said a moment ago. */
  expected({ z, x, y }: TileKey): Fetched | undefined {
    const now = Date.now();
    const believed = this.#believed.get(`${z}/${x}/${y}`);
    if (believed !== undefined && believed.until > now) return believed.fetched;
    return this.#pause !== undefined && this.#pausedUntil > now
      ? { ...this.#pause, retryAfterMs: this.#pausedUntil - now }
      : undefined;
  }

  /** Asks for a tile; of one that is known, only whether it has changed. Never rejects. */
  async fetch(key: TileKey, known: StoredTile | undefined): Promise<Fetched> {
    try {
      const { headers } = this.source;
      const request = { url: this.#urlOf(key), headers: { ...headers, ...conditionsOf(known) } };
      const answer$ = this.#transport.request({ ...request, priority: "interactive" });
      const response = await firstValueFrom(answer$.pipe(takeUntil(fromEvent(this.#closing, "abort"))));
      return this.#judge(key, known, response);
    } catch (error) {
      return this.#failed(key, error);
    }
  }

  #judge(key: TileKey, known: StoredTile | undefined, response: TransportResponse): Fetched {
    const now = Date.now();
    const verdict = verdictOf(response, now);
    const { id } = this.source;
    switch (verdict.kind) {
      case "tile": {
        const { kind: _, bytes, ...freshness } = verdict;
        const { source, z, x, y } = key;
        const tile = { source, z, x, y, bytes, length: bytes.length, storedAt: now };
        return { kind: "tile", tile: { ...tile, ...this.#goodFor(freshness, now) } };
      }
      case "unmodified": {
        if (known === undefined)
          return unfetched(502, `The server of ${id} says that a tile is unmodified, and there is none.`);
        const { kind: _, ...freshness } = verdict;
        return { kind: "tile", tile: { ...known, ...said(this.#goodFor(freshness, now)), storedAt: now } };
      }
      case "empty":
        return this.#believe(key, { kind: "empty" });
      case "negative": {
        const isAbsent = verdict.status === 404 || verdict.status === 410;
        const sentence = isAbsent
          ? `The server of ${id} has no such tile.`
          : `The server of ${id} refuses the tile, with status ${verdict.status}.`;
        return this.#believe(key, unfetched(isAbsent ? 404 : 502, sentence));
      }
      case "transient": {
        const { status, retryAfterMs } = verdict;
        const sentence = `The server of ${id} cannot give the tile now: status ${status}.`;
        const isBusy = status === 429 || status === 503 || retryAfterMs !== undefined;
        if (!isBusy) return unfetched(502, sentence);
        return this.#leaveAlone(unfetched(503, sentence), retryAfterMs ?? PAUSE_MS);
      }
      case "invalid":
        return this.#believe(key, unfetched(502, `What the server of ${id} has sent is no tile. ${verdict.problem}`));
    }
  }

  #failed(key: TileKey, error: unknown): Fetched {
    const { id } = this.source;
    if (this.#closing.aborted) return unfetched(503, "This server is being closed.");
    if (!TransportError.isInstance(error)) return unfetched(502, `Asking the server of ${id} has failed.`);
    const { kind, message } = error;
    if (kind === "closed") return unfetched(503, "This server is being closed.");
    const sentence = `The server of ${id} cannot be asked. ${message}`;
    if (kind === "connect" || kind === "timeout") return this.#leaveAlone(unfetched(504, sentence), PAUSE_MS);
    if (kind === "interrupted") return unfetched(502, sentence);
    return this.#believe(key, unfetched(502, sentence));
  }

  #leaveAlone(why: Unfetched, forMs: number): Unfetched {
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + forMs);
    this.#pause = why;
    return { ...why, retryAfterMs: forMs };
  }

  #believe({ z, x, y }: TileKey, fetched: Fetched): Fetched {
    const place = `${z}/${x}/${y}`;
    // What is said again goes to the end: they stand in the order in which they end, as all last equally long.
    this.#believed.delete(place);
    const [first] = this.#believed.keys();
    if (this.#believed.size >= MOST_BELIEVED && first !== undefined) this.#believed.delete(first);
    this.#believed.set(place, { until: Date.now() + BELIEVED_MS, fetched });
    return fetched;
  }

  /** A tile goes stale when its server says so, but not before its policy does. */
  #goodFor(freshness: Freshness, now: number): Freshness {
    const { expiresAt } = freshness;
    return expiresAt === undefined
      ? freshness
      : { ...freshness, expiresAt: Math.max(expiresAt, now + this.#minCacheMs) };
  }
}

/** What an answer says nothing about stays as it was. */
function said(freshness: Freshness): Partial<Freshness> {
  return Object.fromEntries(Object.entries(freshness).filter(([, value]) => value !== undefined));
}

function conditionsOf(known: StoredTile | undefined): Readonly<Record<string, string>> {
  return {
    ...(known?.etag !== undefined && { "If-None-Match": known.etag }),
    ...(known?.lastModified !== undefined && { "If-Modified-Since": known.lastModified }),
  };
}
