import type { DownloadRecord, FailedTile } from "@fmtc/core";
import { type LeaseColumns, leaseOf } from "./checkpoint.ts";
import type { Connection } from "./connection.ts";
import { type TextValue, textOf, textValue } from "./text-value.ts";
import { turn } from "./turn.ts";

/** How many failed tiles are read before others have their turn. */
const TILES_AT_A_TIME = 500;

const RECORDS = `SELECT d.id, s.name AS store, d.created_at AS createdAt, d.plan, d.progress,
    d.lease_owner AS owner, d.lease_epoch AS epoch, d.lease_expires_at AS expiresAt
  FROM downloads d JOIN stores s ON s.id = d.store`;

type RecordRow = {
  readonly id: TextValue;
  readonly store: TextValue;
  readonly createdAt: number;
  readonly plan: string;
  readonly progress: string;
} & LeaseColumns;

type FailedRow = Omit<FailedTile, "index" | "reason" | "detail"> & {
  readonly place: number;
  readonly reason: TextValue;
  readonly detail: TextValue | null;
};

export function getDownload(connection: Connection, id: string): DownloadRecord | undefined {
  const row = connection.prepare(`${RECORDS} WHERE d.id = ?`).get(textValue(id)) as RecordRow | undefined;
  return row && recordOf(row);
}

export function listDownloads(connection: Connection, store: string | undefined): DownloadRecord[] {
  const rows =
    store === undefined
      ? connection.prepare(RECORDS).all()
      : connection.prepare(`${RECORDS} WHERE s.name = ?`).all(textValue(store));
  return (rows as RecordRow[]).map(recordOf).sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

export async function* failedTiles(connection: Connection, id: string): AsyncGenerator<FailedTile, void, undefined> {
  let behind = -1;
  for (;;) {
    const rows = connection
      .prepare(
        `SELECT place, z, x, y, reason, detail, attempts, failed_at AS failedAt FROM failed_tiles
         WHERE download = (SELECT number FROM downloads WHERE id = ?) AND place > ? ORDER BY place LIMIT ?`,
      )
      .all(textValue(id), behind, TILES_AT_A_TIME) as FailedRow[];
    for (const { place, reason, detail, ...row } of rows) {
      yield { ...row, index: place, reason: textOf(reason), ...(detail !== null && { detail: textOf(detail) }) };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < TILES_AT_A_TIME) return;
    behind = last.place;
    await turn();
  }
}

function recordOf(row: RecordRow): DownloadRecord {
  const lease = leaseOf(row);
  return {
    id: textOf(row.id),
    store: textOf(row.store),
    createdAt: row.createdAt,
    ...JSON.parse(row.plan),
    progress: JSON.parse(row.progress),
    ...(lease !== undefined && { lease }),
  };
}
