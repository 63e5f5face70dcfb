/**
 * A tile's row id is the number of its source, shifted by this, and its own number (`tileNumber`) below. So rows lie as
 * covers and downloads go, and a row of a cover is a range. Ids go beyond what a JavaScript number holds exactly: they
 * are put together and taken apart in SQL only, by the expressions here. These use `<<` and `|`, which work on integers: with
 * `+` a parameter, which comes as a floating-point number, would make one of the whole.
 */
const SOURCE_SHIFT = 49;
const NUMBER_MASK = 2 ** SOURCE_SHIFT - 1;

/** So that a row id stays within SQLite's 63 bits, and so does the first id of the source that would be next. */
export const MAX_SOURCES = 2 ** (63 - SOURCE_SHIFT) - 2;

/** The two halves of a row id. */
export interface TileId {
  /** The number of the source. */
  readonly source: number;
  readonly number: number;
}

/** The row id of two parameters: the number of the source, that of the tile. */
export const ROW_ID = `(? << ${SOURCE_SHIFT} | ?)`;

/** The row id of a tile of `:source`. */
export function rowId(number: ":number" | ":first" | ":last"): string {
  return `(:source << ${SOURCE_SHIFT} | ${number})`;
}

/** The ids of the tiles of `:source` are from the first on below the next. */
export const FIRST_ROW_ID = `(:source << ${SOURCE_SHIFT})`;
export const NEXT_ROW_ID = `(:source + 1 << ${SOURCE_SHIFT})`;

export function numberOf(id: string): string {
  return `(${id} & ${NUMBER_MASK})`;
}

export function sourceOf(id: string): string {
  return `(${id} >> ${SOURCE_SHIFT})`;
}
