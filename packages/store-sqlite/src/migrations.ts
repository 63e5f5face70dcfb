import { StoreVersionError } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { APPLICATION_ID, SCHEMA } from "./schema.ts";

/** What leads from each version of the schema to the next: the first one from an empty file. */
const MIGRATIONS: readonly string[] = [`PRAGMA application_id = ${APPLICATION_ID};\n${SCHEMA}`];

const SCHEMA_VERSION = MIGRATIONS.length;

/** @throws StoreVersionError if a newer version than this one has written the database. */
export function assertKnownVersion(version: number): void {
  if (version > SCHEMA_VERSION) throw new StoreVersionError(version, SCHEMA_VERSION);
}

export function versionOf(connection: Connection): number {
  const { user_version } = connection.prepare("PRAGMA user_version").get() as { user_version: number };
  return user_version;
}

/**
 * Brings the schema up to date, in one transaction. The first migration comes before the change to WAL mode, so that no
 * file of ours has tables and no mark in its header.
 */
export function migrate(connection: Connection): void {
  if (versionOf(connection) === SCHEMA_VERSION) return;
  connection.transaction(() => {
    // Another process may have done it since.
    const version = versionOf(connection);
    assertKnownVersion(version);
    for (const migration of MIGRATIONS.slice(version)) connection.exec(migration);
    connection.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}
