import { type DownloadableRegion, parseDownloadable } from "../region/downloadable.ts";
import { readInteger } from "../region/read-number.ts";
import { BandBuilder, type Bands, countOf, lastAtMost } from "./bands.ts";
import { bandsOf } from "./bands-of.ts";
import { combine, difference, intersection, type SetOperation, union } from "./combine.ts";
import { TileCursor } from "./cursor.ts";
import { cut } from "./cut.ts";
import { halve } from "./halve.ts";
import type { TileCoord } from "./tile-coord.ts";

/** A block of tiles of one zoom: rows y0 to y1, columns x0 to x1, each without its end. */
export interface Block {
  readonly z: number;
  readonly y0: number;
  readonly y1: number;
  readonly x0: number;
  readonly x1: number;
}

/**
 * A set of tiles in a fixed order: by zoom, then by row from north to south, then by column from west to east.
 *
 * It keeps rows rather than tiles, so it counts, finds and cuts without visiting them, and 10⁹ tiles take no more
 * memory than their rows. A cover never changes; what makes another returns a new one.
 */
export class Cover implements Iterable<TileCoord> {
  /** The number of tiles. */
  readonly count: number;
  readonly #zooms: readonly Bands[];

  /** Zooms ascending, without gaps. @internal */
  constructor(zooms: readonly Bands[]) {
    this.#zooms = zooms;
    this.count = zooms.reduce((sum, bands) => sum + countOf(bands), 0);
  }

  /** The number of tiles of each zoom. */
  get countByZoom(): ReadonlyMap<number, number> {
    return new Map(this.#zooms.map((bands) => [bands.z, countOf(bands)]));
  }

  /** Each tile as an object of its own. To go over many, a `cursor` is quicker, and `forEachSpan` quickest. */
  [Symbol.iterator](): Iterator<TileCoord, undefined> {
    return new TileIterator(this.cursor());
  }

  /** A cursor that stands before the tile `from`, counted from 0. It allocates nothing per tile. */
  cursor(from = 0): TileCursor {
    readInteger(from, "from", 0, Number.MAX_SAFE_INTEGER);
    return new TileCursor(this.#zooms, from);
  }

  /**
   * Visits each span of a row, in order: the columns x0 to x1 without the last. It allocates nothing, and a loop over a
   * span's columns is as quick as a loop can be.
   *
   * @example
   * cover.forEachSpan((z, y, x0, x1) => {
   *   for (let x = x0; x < x1; x++) visit(z, x, y);
   * });
   */
  forEachSpan(visit: (z: number, y: number, x0: number, x1: number) => void): void {
    for (const { z, size, y: rows, first, x } of this.#zooms) {
      for (let i = 0; i < size; i++) {
        for (let y = rows[i]!; y < rows[i + 1]!; y++) {
          for (let s = first[i]!; s < first[i + 1]!; s++) visit(z, y, x[2 * s]!, x[2 * s + 1]!);
        }
      }
    }
  }

  /** The tile at a place, counted from 0; undefined where there is none. */
  at(index: number): TileCoord | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) return undefined;
    const cursor = this.cursor(index);
    cursor.next();
    return { z: cursor.z, x: cursor.x, y: cursor.y };
  }

  /** The place of a tile, counted from 0; −1 if it is not in the cover. */
  indexOf({ z, x, y }: TileCoord): number {
    if (!Number.isInteger(x) || !Number.isInteger(y)) return -1;
    let before = 0;
    for (const bands of this.#zooms) {
      if (bands.z === z) {
        const index = indexIn(bands, x, y);
        return index < 0 ? -1 : before + index;
      }
      before += countOf(bands);
    }
    return -1;
  }

  has(tile: TileCoord): boolean {
    return this.indexOf(tile) >= 0;
  }

  /**
   * A part of the sequence, from the tile number `start` to the tile number `end`.
   *
   * Both count from 1 and both are included, as `start` and `end` of a download do, and unlike `at` and `indexOf`:
   * `slice(1, 100)` has the first hundred tiles. What lies beyond the last tile is left out.
   */
  slice(start: number, end: number = this.count): Cover {
    readInteger(start, "start", 1, Number.MAX_SAFE_INTEGER);
    readInteger(end, "end", 0, Number.MAX_SAFE_INTEGER);
    let before = 0;
    const zooms = this.#zooms.map((bands) => {
      const tiles = countOf(bands);
      const part = cut(bands, Math.max(start - 1 - before, 0), Math.min(end - before, tiles));
      before += tiles;
      return part;
    });
    return new Cover(zooms);
  }

  /** The tiles of one zoom as blocks that do not overlap, north to south, then west to east. */
  *blocks(z: number): Generator<Block, void, undefined> {
    const bands = this.#zooms.find((each) => each.z === z);
    if (bands === undefined) return;
    const { size, y, first, x } = bands;
    for (let i = 0; i < size; i++) {
      for (let s = first[i]!; s < first[i + 1]!; s++) {
        yield { z, y0: y[i]!, y1: y[i + 1]!, x0: x[2 * s]!, x1: x[2 * s + 1]! };
      }
    }
  }

  /** The tiles of this cover, of the other, or of both: each once. */
  union(other: Cover): Cover {
    return this.#combine(other, union);
  }

  /** The tiles of both covers. */
  intersection(other: Cover): Cover {
    return this.#combine(other, intersection);
  }

  /** The tiles of this cover that are not of the other. */
  difference(other: Cover): Cover {
    return this.#combine(other, difference);
  }

  #combine(other: Cover, operation: SetOperation): Cover {
    const all = [...this.#zooms, ...other.#zooms].map((bands) => bands.z);
    const zooms: Bands[] = [];
    for (let z = Math.min(...all); z <= Math.max(...all); z++) {
      const none = new BandBuilder(z).build();
      const mine = this.#zooms.find((bands) => bands.z === z) ?? none;
      const others = other.#zooms.find((bands) => bands.z === z) ?? none;
      zooms.push(combine(mine, others, operation));
    }
    return new Cover(zooms);
  }
}

/**
 * The tiles of a downloadable region, exact to the last one: those that share area with it.
 *
 * `start` and `end` of the region are applied, so this is what a download would fetch.
 *
 * @throws RegionError if the region is not valid.
 * @example
 * const cover = coverOf(toDownloadable(circle(london, 5_000), { minZoom: 8, maxZoom: 14, source: "topo" }));
 * cover.count; // without visiting a tile
 */
export function coverOf(downloadable: DownloadableRegion): Cover {
  const { region, minZoom, maxZoom, start, end } = parseDownloadable(downloadable);
  const zooms = [bandsOf(region, maxZoom)];
  for (let z = maxZoom; z > minZoom; z--) zooms.unshift(halve(zooms[0]!));
  const cover = new Cover(zooms);
  return start === undefined && end === undefined ? cover : cover.slice(start ?? 1, end ?? cover.count);
}

function indexIn({ size, y: rows, first, x: columns, width, before }: Bands, x: number, y: number): number {
  const i = lastAtMost(rows, size, y);
  if (i < 0 || y >= rows[i + 1]!) return -1;
  let index = before[i]! + (y - rows[i]!) * width[i]!;
  for (let s = first[i]!; s < first[i + 1]! && columns[2 * s]! <= x; s++) {
    if (x < columns[2 * s + 1]!) return index + x - columns[2 * s]!;
    index += columns[2 * s + 1]! - columns[2 * s]!;
  }
  return -1;
}

/** Twice as quick as a generator, which would have to be resumed for each tile. */
class TileIterator implements Iterator<TileCoord, undefined> {
  readonly #cursor: TileCursor;

  constructor(cursor: TileCursor) {
    this.#cursor = cursor;
  }

  next(): IteratorResult<TileCoord, undefined> {
    const cursor = this.#cursor;
    if (!cursor.next()) return { done: true, value: undefined };
    return { done: false, value: { z: cursor.z, x: cursor.x, y: cursor.y } };
  }
}
