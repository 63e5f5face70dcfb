// Writes what it is sent, a transaction for each message. The pragmas are those of the store.
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

const database = new DatabaseSync(workerData);
database.exec(`
  PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 2048; PRAGMA journal_size_limit = ${16 * 2 ** 20}; PRAGMA cache_size = -16384;
  CREATE TABLE tiles (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
`);
const insert = database.prepare("INSERT INTO tiles VALUES (?, ?)");

parentPort?.on("message", (batch: readonly { z: number; x: number; y: number; bytes: Uint8Array }[]) => {
  database.exec("BEGIN IMMEDIATE");
  for (const { x, y, bytes } of batch) insert.run(y * 16_384 + x, bytes);
  database.exec("COMMIT");
  parentPort?.postMessage(batch.length);
});
parentPort?.postMessage("ready");
