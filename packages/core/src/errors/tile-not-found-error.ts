import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "TILE_NOT_FOUND";

/** A tile was committed without its bytes, and the database has none to keep. Nothing of the commit was written. */
export class TileNotFoundError extends FmtcError {
  readonly tile: { readonly source: string; readonly z: number; readonly x: number; readonly y: number };

  constructor(tile: TileNotFoundError["tile"]) {
    super(
      code,
      `There are no bytes of tile ${tile.z}/${tile.x}/${tile.y} of source ${describe(tile.source)} to keep. Commit it with its bytes.`,
    );
    this.tile = tile;
  }

  static override isInstance(value: unknown): value is TileNotFoundError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
