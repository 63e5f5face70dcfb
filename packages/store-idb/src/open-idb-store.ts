import { checkedStore } from "@fmtc/core";
import { openChangesChannel } from "./changes-channel.ts";
import { commitTiles } from "./commit.ts";
import { type Connection, createConnection } from "./connection.ts";
import { databaseStats } from "./database-stats.ts";
import { downloadRecords } from "./download-records.ts";
import { evictOldest } from "./evict-oldest.ts";
import { existenceMark } from "./existence-mark.ts";
import type { IdbStore } from "./idb-store.ts";
import { lockPresence } from "./lock-presence.ts";
import { namedStores } from "./named-stores.ts";
import { openDatabase } from "./open-database.ts";
import { createBatchReader } from "./read-batches.ts";
import { removeTiles } from "./remove-tiles.ts";
import { scanTiles } from "./scan-tiles.ts";
import { estimate, persist, persisted } from "./site-storage.ts";
import { storeMetadata } from "./store-metadata.ts";
import { latestTile, tileInfos } from "./tile-reads.ts";

export interface IdbStoreOptions {
  /** How long opening may take, waiting for other tabs included. Default: 30,000. */
  readonly openTimeoutMs?: number | undefined;
  /**
   * Called when the database has to be upgraded, and another tab with an older version of this package does not close its
   * connection. Opening goes on as soon as it does: ask the user to close the other tabs.
   */
  readonly onBlocked?: (() => void) | undefined;
}

/**
 * Opens a database of this site, and creates it if there is none. Any number of tabs and workers may have it open.
 *
 * @throws StoreVersionError if a newer version of this package has written it.
 * @throws StoreFullError if there is no room for a new one.
 * @throws StoreUnavailableError if the browser does not allow it, does not answer in time, or has something else under
 * this name.
 * @example
 * const store = await openIdbStore("maps");
 * await store.stores.create("hiking");
 */
export async function openIdbStore(name = "fmtc", options: IdbStoreOptions = {}): Promise<IdbStore> {
  const { openTimeoutMs: timeoutMs = 30_000, onBlocked = () => undefined } = options;
  const mark = existenceMark(name);
  let connection: Connection | undefined;
  const { database, wasCreated } = await openDatabase(name, {
    timeoutMs,
    onBlocked,
    onVersionChange: (isDeletion) => connection?.retire(isDeletion ? DELETED : UPGRADED),
    onTerminated: () => connection?.terminate(),
  });
  const wasLost = wasCreated && mark.isSet();
  mark.set();

  const channel = openChangesChannel(name);
  connection = createConnection(database, { onChange: channel.tell, onClosed: channel.close });
  const { close } = connection;
  const reader = createBatchReader(connection);
  return {
    ...checkedStore({
      stores: namedStores(connection),
      metadata: storeMetadata(connection),
      tiles: {
        ...tileInfos(connection),
        ...removeTiles(connection),
        read: reader.read,
        scan: scanTiles(connection),
        latest: latestTile(connection),
        evictOldest: evictOldest(connection),
      },
      downloads: downloadRecords(connection),
      commit: commitTiles(connection),
      stats: databaseStats(connection),
      changes$: channel.changes$,
      presence: lockPresence(name),
      close: async () => {
        await reader.idle();
        await close();
      },
    }),
    wasCreated,
    wasLost,
    persist,
    persisted,
    estimate,
  };
}

const UPGRADED = "another tab has opened it in a newer version of this app; reload this page";
const DELETED = "another tab has deleted it";
