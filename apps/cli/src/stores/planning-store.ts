import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { TileStore } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import type { Settings } from "../settings.ts";
import { hasDatabase, openDatabase } from "./open-database.ts";

/** The database if there is one; else an empty one in memory, with as much room as the disk has where it would be. */
export async function openPlanningStore(settings: Settings): Promise<TileStore> {
  if (await hasDatabase(settings)) return openDatabase(settings);
  const store = await openSqliteStore(":memory:");
  const availableBytes = await roomNear(settings.db);
  return { ...store, stats: async () => ({ ...(await store.stats()), availableBytes }) };
}

/** The room on the disk of a path, or of the folder above that is there. */
async function roomNear(path: string): Promise<number | undefined> {
  const folder = dirname(path);
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return folder === path ? undefined : roomNear(folder);
  }
}
