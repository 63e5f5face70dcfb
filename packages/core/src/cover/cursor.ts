import { type Bands, countOf, lastAtMost } from "./bands.ts";

/**
 * Walks over tiles without making an object for each: after `next()`, the place is in `z`, `x`, `y` and `index`.
 *
 * @example
 * const cursor = cover.cursor();
 * while (cursor.next()) request(cursor.z, cursor.x, cursor.y);
 */
export class TileCursor {
  z = 0;
  x = -1;
  y = 0;

  readonly #zooms: readonly Bands[];
  #zoom = 0;
  #band = -1;
  #span = 0;
  /** Where the span ends, where the band's spans end, and its rows. */
  #xEnd = 0;
  #spanEnd = 0;
  #yEnd = 0;
  /** What the tiles of a span have in common: their index less their x. */
  #offset = 0;

  /** Before the tile `from`, counted from 0 over all zooms. @internal */
  constructor(zooms: readonly Bands[], from: number) {
    this.#zooms = zooms;
    this.#enter(from);
  }

  /** The place of the tile in the cover, counted from 0. */
  get index(): number {
    return this.#offset + this.x;
  }

  /** Goes on to the next tile; false at the end, and from then on. */
  next(): boolean {
    // Within a span nothing changes but x.
    return ++this.x < this.#xEnd || this.#nextSpan();
  }

  #nextSpan(): boolean {
    const index = this.index;
    if (++this.#span < this.#spanEnd) this.#enterSpan(index);
    else if (++this.y < this.#yEnd) this.#enterRow(index);
    else return this.#nextBand(index);
    return true;
  }

  /** The next band that has tiles, in this zoom or in one of the next. */
  #nextBand(index: number): boolean {
    while (this.#zoom < this.#zooms.length) {
      const bands = this.#zooms[this.#zoom]!;
      while (++this.#band < bands.size) {
        if (bands.width[this.#band] === 0) continue;
        this.#enterBand(bands);
        this.#enterRow(index);
        return true;
      }
      this.#zoom++;
      this.#band = -1;
    }
    // Stays there, however often it is asked again.
    this.#xEnd = this.x;
    this.#offset = index - this.x;
    this.x--;
    return false;
  }

  #enterBand(bands: Bands): void {
    this.z = bands.z;
    this.y = bands.y[this.#band]!;
    this.#yEnd = bands.y[this.#band + 1]!;
  }

  #enterRow(index: number): void {
    const { first } = this.#zooms[this.#zoom]!;
    this.#span = first[this.#band]!;
    this.#spanEnd = first[this.#band + 1]!;
    this.#enterSpan(index);
  }

  #enterSpan(index: number): void {
    const { x } = this.#zooms[this.#zoom]!;
    this.x = x[2 * this.#span]!;
    this.#xEnd = x[2 * this.#span + 1]!;
    this.#offset = index - this.x;
  }

  /** Stands just before the tile `from`. */
  #enter(from: number): void {
    let rest = from;
    while (this.#zoom < this.#zooms.length && rest >= countOf(this.#zooms[this.#zoom]!)) {
      rest -= countOf(this.#zooms[this.#zoom++]!);
    }
    const bands = this.#zooms[this.#zoom];
    if (bands === undefined) return;
    this.#band = lastAtMost(bands.before, bands.size, rest);
    this.#enterBand(bands);
    rest -= bands.before[this.#band]!;
    const width = bands.width[this.#band]!;
    const row = Math.floor(rest / width);
    this.y += row;
    rest -= row * width;
    this.#enterRow(from - rest);
    while (rest >= this.#xEnd - this.x) {
      rest -= this.#xEnd - this.x;
      this.#span++;
      this.#enterSpan(from - rest);
    }
    this.x += rest - 1;
  }
}
