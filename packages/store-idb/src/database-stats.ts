import type { TileStore } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { allStores } from "./named-stores.ts";
import { estimate } from "./site-storage.ts";

/** The browser tells of a site as a whole: what it takes on disk is that of all its databases and caches. */
export function databaseStats({ read }: Connection): TileStore["stats"] {
  return async () => {
    const stores = await read(["stores"], allStores);
    const bytes = stores.reduce((sum, { ownedBytes }) => sum + ownedBytes, 0);
    const room = await estimate();
    return {
      length: stores.reduce((sum, { ownedLength }) => sum + ownedLength, 0),
      bytes,
      diskBytes: room?.usageBytes ?? bytes,
      availableBytes: room && Math.max(0, room.quotaBytes - room.usageBytes),
      stores: stores.map(({ name }) => name),
    };
  };
}
