import { type TileKey, tileNumber } from "@fmtc/core";
import type { ReadTransaction } from "./schema.ts";
import { blockOf, entryIn, type TileBlock, type TileEntry } from "./tile-block.ts";

/** Blocks by source and number. */
export class BlockMap implements Iterable<TileBlock> {
  readonly #sources = new Map<string, Map<number, TileBlock>>();

  get(source: string, block: number): TileBlock | undefined {
    return this.#sources.get(source)?.get(block);
  }

  set(block: TileBlock): void {
    const blocks = this.#sources.get(block.source);
    if (blocks === undefined) this.#sources.set(block.source, new Map([[block.block, block]]));
    else blocks.set(block.block, block);
  }

  *[Symbol.iterator](): Iterator<TileBlock> {
    for (const blocks of this.#sources.values()) yield* blocks.values();
  }

  entry(key: TileKey): TileEntry | undefined {
    const number = tileNumber(key);
    return entryIn(this.get(key.source, blockOf(number)), number);
  }
}

/** Reads the blocks of tiles, given by their sources and numbers, as far as they exist. */
export async function readBlocks(
  tx: ReadTransaction,
  tiles: ReadonlyMap<string, ReadonlySet<number>>,
): Promise<BlockMap> {
  const found = new BlockMap();
  const lists = await Promise.all([...tiles].map(([source, numbers]) => blocksOfSource(tx, source, numbers)));
  for (const block of lists.flat()) found.set(block);
  return found;
}

/**
 * Blocks that are near each other, as those of a download's batch, come with one request for all between the first and the
 * last. If there are many others in between, what is beyond those is asked for one by one.
 */
async function blocksOfSource(tx: ReadTransaction, source: string, tiles: ReadonlySet<number>): Promise<TileBlock[]> {
  const numbers = new Set([...tiles].map(blockOf));
  const ascending = Float64Array.from(numbers).sort();
  const range = IDBKeyRange.bound([source, ascending[0]], [source, ascending.at(-1)]);
  const limit = 2 * ascending.length + 8;
  const page = await tx.objectStore("blocks").getAll(range, limit);
  const last = page.at(-1)?.block ?? 0;
  const beyond = page.length < limit ? [] : [...ascending].filter((number) => number > last);
  const others = await Promise.all(beyond.map((number) => tx.objectStore("blocks").get([source, number])));
  return [...page.filter(({ block }) => numbers.has(block)), ...others.filter((block) => block !== undefined)];
}
