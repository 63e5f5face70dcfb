import { stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseStats } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { reservePath } from "./reserve.ts";
import { sizeOf } from "./room-to-grow.ts";
import { storeNames } from "./store-rows.ts";

export async function databaseStats(
  connection: Connection,
  path: string,
  maxFileBytes: number | undefined,
): Promise<DatabaseStats> {
  const { totals, pages, stores } = connection.snapshot(() => ({
    totals: connection.prepare("SELECT length, bytes FROM totals").get() as { length: number; bytes: number },
    pages: connection
      .prepare(
        "SELECT page_count AS count, page_size AS size, freelist_count AS free FROM pragma_page_count, pragma_page_size, pragma_freelist_count",
      )
      .get() as { count: number; size: number; free: number },
    stores: storeNames(connection),
  }));
  const withinLimit = maxFileBytes === undefined ? Infinity : maxFileBytes - (pages.count - pages.free) * pages.size;
  const onDisk = path === ":memory:" ? undefined : await roomOnDisk(path);
  const available = Math.max(0, Math.min(withinLimit, onDisk ?? Infinity));
  return {
    ...totals,
    diskBytes: path === ":memory:" ? pages.count * pages.size : (await fileBytes(path)) + sizeOf(reservePath(path)),
    ...(available < Infinity && { availableBytes: available }),
    stores,
  };
}

/** What the database takes, but for its reserve: the file, and what has been written and is not in it yet. */
export async function fileBytes(path: string): Promise<number> {
  const sizes = await Promise.all([path, `${path}-wal`].map(bytesOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function bytesOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    // Without anything written since it was opened, there is no -wal file.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
}

async function roomOnDisk(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(dirname(path));
  return bavail * bsize;
}
