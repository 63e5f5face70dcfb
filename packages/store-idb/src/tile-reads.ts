import type { StoredTiles, TileKey } from "@fmtc/core";
import { readBlocks } from "./block-map.ts";
import { LATEST, rangeOf } from "./block-order.ts";
import type { Connection } from "./connection.ts";
import { namedStore, storeIds } from "./named-store.ts";
import { numbersBySource } from "./numbers-by-source.ts";
import { holderIn, infoOf, isHeldByOneOf } from "./tile-block.ts";
import { tileReader } from "./tile-reader.ts";

/** What is known of tiles, without a look at their bytes. */
export function tileInfos({ read }: Connection): Pick<StoredTiles, "info" | "has"> {
  const entriesOf = (keys: readonly TileKey[], stores: readonly string[] | undefined) =>
    read(["stores", "blocks"], async (tx) => {
      const [blocks, ids] = await Promise.all([readBlocks(tx, numbersBySource(keys)), storeIds(tx, stores)]);
      return keys.map((key) => {
        const entry = blocks.entry(key);
        return entry !== undefined && isHeldByOneOf(entry, ids) ? entry : undefined;
      });
    });

  return {
    info: async (keys, { stores } = {}) => {
      const entries = await entriesOf(keys, stores);
      return entries.map((entry, i) => entry && infoOf(keys[i]?.source ?? "", entry));
    },
    has: async (keys, { stores } = {}) => (await entriesOf(keys, stores)).map((entry) => entry !== undefined),
  };
}

/** The tile of a store that was stored last. */
export function latestTile({ read }: Connection): StoredTiles["latest"] {
  return (name) =>
    read(["stores", "blocks", "packs"], async (tx) => {
      const { id } = await namedStore(tx, name);
      const cursor = await tx.objectStore("blocks").index("order").openCursor(rangeOf(id, LATEST), "prev");
      if (cursor === null) return undefined;
      const held = cursor.value.tiles.filter((entry) => holderIn(entry, id) !== undefined);
      const latest = held.reduce((a, b) => (a.storedAt > b.storedAt ? a : b));
      return tileReader(tx)(cursor.value.source, latest);
    });
}
