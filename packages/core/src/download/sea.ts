import { catchError, defaultIfEmpty, defer, forkJoin, map, type Observable, of, retry, timer } from "rxjs";
import type { TileCoord } from "../cover/tile-coord.ts";
import type { TransportResponse } from "../ports/transport.ts";
import { RangeSet } from "../recovery/range-set.ts";
import { verdictOf } from "../response/verdict.ts";
import { policyOf } from "../source/policy-of.ts";
import type { TileSource } from "../source/tile-source.ts";
import { tileNumber } from "../store/tile-number.ts";
import { backoffMs, type PauseContext } from "./backoff.ts";

/** Below this zoom the places of the samples have land on them too. */
const FIRST_ZOOM = 8;
const SAMPLE_ZOOM = 17;

/**
 * Where a source shows nothing but sea: what the source names, else in the Gulf of Guinea, at 0° N 0° E, and in the Arctic
 * Ocean, at the map's north-western corner. None if the source, or what its policy allows, ends above where these are sea.
 */
export function seaSamplesOf(source: TileSource): readonly TileCoord[] {
  const { seaTiles, maxZoom = SAMPLE_ZOOM } = source;
  if (seaTiles !== undefined) return seaTiles;
  const { maxBulkZoom = SAMPLE_ZOOM } = policyOf(source);
  const z = Math.min(SAMPLE_ZOOM, maxZoom, maxBulkZoom);
  if (z < FIRST_ZOOM) return [];
  const middle = 2 ** (z - 1);
  return [
    { z, x: middle, y: middle },
    { z, x: 0, y: 0 },
  ];
}

/** What is known of a source's sea. */
export interface Sea {
  /** Knows the source's sea tiles by their bytes. */
  readonly isSea: (bytes: Uint8Array) => boolean;
  /** Whether every sample had an answer, so that asking again would tell no more. */
  readonly isSettled: boolean;
}

/** How often a sample is asked for again, with growing pauses, as tiles are. */
const RETRIES = 2;

/**
 * Learns to know sea from samples that `fetch` asks for, each again if it does not come at once. What was not to be had is left
 * out: tiles are then stored that could have been skipped.
 */
export function learnSea(
  samples: readonly TileCoord[],
  fetch: (tile: TileCoord) => Observable<TransportResponse>,
  { scheduler, chance }: PauseContext,
): Observable<Sea> {
  const verdicts = samples.map((tile) =>
    defer(() => fetch(tile)).pipe(
      map((response) => {
        const verdict = verdictOf(response, 0);
        if (verdict.kind === "transient") throw new Error(`status ${verdict.status}`);
        return verdict;
      }),
      retry({ count: RETRIES, delay: (_, tries) => timer(backoffMs(tries, chance), scheduler) }),
      catchError(() => of(undefined)),
      defaultIfEmpty(undefined),
    ),
  );
  return forkJoin(verdicts).pipe(
    defaultIfEmpty([]),
    map((all) => {
      const seas = all.flatMap((verdict) => (verdict?.kind === "tile" ? [verdict.bytes] : []));
      return {
        isSea: (bytes) => seas.some((sea) => areEqual(sea, bytes)),
        isSettled: all.every((verdict) => verdict !== undefined),
      };
    }),
  );
}

/** The sea tiles that were found, so that what lies within them need not be asked for. */
export class FoundSea {
  readonly #minZoom: number;
  readonly #tiles = new RangeSet();

  /** Only tiles of this zoom and deeper ones speak for what is below them. */
  constructor(minZoom: number) {
    this.#minZoom = minZoom;
  }

  add(tile: TileCoord): void {
    if (tile.z >= this.#minZoom) this.#tiles.add(tileNumber(tile));
  }

  /** Whether the tile lies within one that is sea. */
  holds({ z, x, y }: TileCoord): boolean {
    if (this.#tiles.size === 0) return false;
    for (let up = 1; z - up >= this.#minZoom; up++) {
      const tile = { z: z - up, x: Math.floor(x / 2 ** up), y: Math.floor(y / 2 ** up) };
      if (this.#tiles.has(tileNumber(tile))) return true;
    }
    return false;
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
