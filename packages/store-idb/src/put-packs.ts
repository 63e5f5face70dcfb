import { rawStore } from "./raw-store.ts";
import { readOnce } from "./read-once.ts";
import type { WriteTransaction } from "./schema.ts";
import type { TileEntry } from "./tile-block.ts";
import type { TilePack } from "./tile-pack.ts";

/** Measured: larger ones are written a little faster, and a single tile is read more slowly. */
const PACK_BYTES = 32_000;

/**
 * Writes the bytes of a block's tiles: those that are new, and with them those that shared a pack with what is replaced or
 * gone. Returns the tiles with the packs that they are in then.
 */
export async function putPacks(
  tx: WriteTransaction,
  source: string,
  before: readonly TileEntry[],
  after: readonly TileEntry[],
  fresh: ReadonlyMap<number, ArrayBuffer>,
): Promise<readonly TileEntry[]> {
  const packs = rawStore(tx, "packs");
  const broken = brokenPacks(before, after, fresh);
  const loose = await withLeftOver(tx, source, broken, after, fresh);
  for (const pack of broken) packs.delete([source, pack]);
  const packOf = new Map<number, number>();
  for (const pack of packsOf(after, loose)) {
    const [first = 0] = pack.keys();
    packs.put(pack, [source, first]);
    for (const number of pack.keys()) packOf.set(number, first);
  }
  return after.map((entry) => {
    const pack = packOf.get(entry.number);
    return pack === undefined ? entry : { ...entry, pack };
  });
}

/** The packs that have bytes nobody needs any longer. */
function brokenPacks(
  before: readonly TileEntry[],
  after: readonly TileEntry[],
  fresh: ReadonlyMap<number, ArrayBuffer>,
): ReadonlySet<number> {
  const kept = new Set(after.map(({ number }) => number).filter((number) => !fresh.has(number)));
  return new Set(before.filter(({ number }) => !kept.has(number)).map(({ pack }) => pack));
}

/** The new bytes, and those that are left over of broken packs. What should be there and is not stays lost. */
async function withLeftOver(
  tx: WriteTransaction,
  source: string,
  broken: ReadonlySet<number>,
  after: readonly TileEntry[],
  fresh: ReadonlyMap<number, ArrayBuffer>,
): Promise<ReadonlyMap<number, ArrayBuffer>> {
  const left = after.filter(({ number, pack }) => broken.has(pack) && !fresh.has(number));
  if (left.length === 0) return fresh;
  const packOnce = readOnce(tx, "packs");
  const loose = new Map(fresh);
  const read = async ({ number, pack }: TileEntry) => {
    const bytes = (await packOnce(source, pack))?.get(number);
    if (bytes !== undefined) loose.set(number, bytes);
  };
  await Promise.all(left.map(read));
  return loose;
}

/** The tiles that have bytes, in packs as large as they may be. A tile that is larger has one of its own. */
function* packsOf(tiles: readonly TileEntry[], bytes: ReadonlyMap<number, ArrayBuffer>): Generator<TilePack> {
  let pack = new Map<number, ArrayBuffer>();
  let size = 0;
  for (const { number } of tiles) {
    const buffer = bytes.get(number);
    if (buffer === undefined) continue;
    if (pack.size > 0 && size + buffer.byteLength > PACK_BYTES) {
      yield pack;
      pack = new Map();
      size = 0;
    }
    pack.set(number, buffer);
    size += buffer.byteLength;
  }
  if (pack.size > 0) yield pack;
}
