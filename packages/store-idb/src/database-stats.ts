import type { TileStore } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { readTotals } from "./named-store.ts";
import { namesOfStores } from "./named-stores.ts";
import { estimate } from "./site-storage.ts";

/** The browser tells of a site as a whole: what it takes on disk is that of all its databases and caches. */
export function databaseStats({ read }: Connection): TileStore["stats"] {
  return async () => {
    const [{ length, bytes }, stores] = await read(["totals", "stores"], (tx) =>
      Promise.all([readTotals(tx), namesOfStores(tx)]),
    );
    const room = await estimate();
    return {
      length,
      bytes,
      diskBytes: room?.usageBytes ?? bytes,
      availableBytes: room && Math.max(0, room.quotaBytes - room.usageBytes),
      stores,
    };
  };
}
