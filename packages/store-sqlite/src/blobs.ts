import type { Connection } from "./connection.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** How many of the same fingerprint are compared, so that nobody can make it slow on purpose. */
const CANDIDATES = 8;

/** Keeps bytes, once more or for the first time, and returns their id. */
export function keepBlob(connection: Connection, bytes: Uint8Array): number {
  const fingerprint = fingerprintOf(bytes);
  const known = fingerprint === undefined ? undefined : findBlob(connection, fingerprint, bytes);
  if (known !== undefined) {
    connection.prepare("UPDATE blobs SET uses = uses + 1 WHERE id = ?").run(known);
    return known;
  }
  const { lastInsertRowid } = connection
    .prepare("INSERT INTO blobs (uses, fingerprint, bytes) VALUES (1, ?, ?)")
    .run(fingerprint ?? null, bytes);
  return Number(lastInsertRowid);
}

/** Takes one use of a blob away, and the blob with the last one. */
export function dropBlob(connection: Connection, id: number): void {
  const { changes } = connection.prepare("DELETE FROM blobs WHERE id = ? AND uses = 1").run(id);
  if (changes === 0) connection.prepare("UPDATE blobs SET uses = uses - 1 WHERE id = ?").run(id);
}

function findBlob(connection: Connection, fingerprint: number, bytes: Uint8Array): number | undefined {
  // Most have no equal, and then their bytes need not be bound.
  if (connection.prepare("SELECT 1 FROM blobs WHERE fingerprint = ? LIMIT 1").get(fingerprint) === undefined) {
    return undefined;
  }
  const row = connection
    .prepare(
      `SELECT id FROM (SELECT id, bytes FROM blobs WHERE fingerprint = ? LIMIT ${CANDIDATES}) WHERE bytes = ? LIMIT 1`,
    )
    .get(fingerprint, bytes);
  return row?.id as number | undefined;
}
