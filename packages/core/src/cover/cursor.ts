import { type Bands, lastAtMost } from "./bands.ts";

/**
 * Walks over tiles without making an object for each: after `next()`, the place is in `z`, `x`, `y` and `index`.
 *
 * @example
 * const cursor = cover.cursor();
 * while (cursor.next()) request(cursor.z, cursor.x, cursor.y);
 */
export class TileCursor {
  z = 0;
  x = 0;
  y = 0;
  /** The number of tiles before this one. */
  index: number;

  readonly #zooms: readonly Bands[];
  readonly #end: number;
  #zoom = -1;
  #band = 0;
  #span = 0;
  /** Where the span, the band's spans and the band's rows end. */
  #xEnd = 0;
  #spanEnd = 0;
  #yEnd = 0;

  /** Before the tile `from`, counted from 0 over all zooms. */
  constructor(zooms: readonly Bands[], count: number, from: number) {
    this.#zooms = zooms;
    this.#end = count;
    this.index = from - 1;
    if (from < count) this.#enter(from);
  }

  /** Goes on to the next tile; false at the end. */
  next(): boolean {
    if (this.index >= this.#end - 1) return false;
    this.index++;
    if (++this.x >= this.#xEnd) this.#leaveSpan();
    return true;
  }

  #leaveSpan(): void {
    const bands = this.#zooms[this.#zoom]!;
    if (++this.#span === this.#spanEnd) {
      if (++this.y === this.#yEnd) {
        this.#leaveBand();
        return;
      }
      this.#span = bands.first[this.#band]!;
    }
    this.#enterSpan(bands);
  }

  /** The next band that has tiles, in this zoom or in one of the next. */
  #leaveBand(): void {
    let bands = this.#zooms[this.#zoom]!;
    do {
      while (++this.#band >= bands.size) {
        bands = this.#zooms[++this.#zoom]!;
        this.#band = -1;
      }
    } while (bands.width[this.#band] === 0);
    this.#enterBand(bands);
    this.#enterSpan(bands);
  }

  #enterBand(bands: Bands): void {
    this.z = bands.z;
    this.y = bands.y[this.#band]!;
    this.#yEnd = bands.y[this.#band + 1]!;
    this.#span = bands.first[this.#band]!;
    this.#spanEnd = bands.first[this.#band + 1]!;
  }

  #enterSpan(bands: Bands): void {
    this.x = bands.x[2 * this.#span]!;
    this.#xEnd = bands.x[2 * this.#span + 1]!;
  }

  /** Stands just before the tile `from`. */
  #enter(from: number): void {
    let rest = from;
    let bands = this.#zooms[++this.#zoom]!;
    while (rest >= bands.before[bands.size]!) {
      rest -= bands.before[bands.size]!;
      bands = this.#zooms[++this.#zoom]!;
    }
    this.#band = lastAtMost(bands.before, bands.size, rest);
    this.#enterBand(bands);
    rest -= bands.before[this.#band]!;
    const width = bands.width[this.#band]!;
    const row = Math.floor(rest / width);
    this.y += row;
    rest -= row * width;
    this.#enterSpan(bands);
    while (rest >= this.#xEnd - this.x) {
      rest -= this.#xEnd - this.x;
      this.#span++;
      this.#enterSpan(bands);
    }
    this.x += rest - 1;
  }
}
