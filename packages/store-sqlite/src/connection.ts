import { DatabaseSync, type SQLInputValue, type SQLOutputValue, StatementSync } from "node:sqlite";
import { isBusy } from "./sqlite-errors.ts";

/** A connection that prepares each statement once. */
export interface Connection {
  readonly prepare: (sql: string) => StatementSync;
  /** The values of the first row, in the order of its columns: an object with their names takes longer to make. */
  readonly firstRow: (sql: string, ...parameters: readonly SQLInputValue[]) => readonly SQLOutputValue[] | undefined;
  readonly exec: (sql: string) => void;
  /** Runs `work` in a transaction that may write. It waits for other writers until their time is up. */
  readonly transaction: <T>(work: () => T) => T;
  /** Runs `work` on one state of the database, whatever is committed meanwhile. */
  readonly snapshot: <T>(work: () => T) => T;
  readonly close: () => void;
}

export interface ConnectionOptions {
  /** How long a transaction waits for other writers. */
  readonly busyTimeoutMs: number;
}

/**
 * SQLite waits longer and longer between attempts. Beginning anew after so many milliseconds keeps them frequent, so
 * that a writer beside a busy one gets its turn.
 */
const PATIENCE_MS = 20;

/** Nodes before 24 make objects only. */
const CAN_LIST = "setReturnArrays" in StatementSync.prototype;

/** Opens a file, or ":memory:". What fails is an error of SQLite; `toStoreError` gives it a type. */
export function connect(path: string, { busyTimeoutMs }: ConnectionOptions): Connection {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  database.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
  const statements = new Map<string, StatementSync>();
  const listing = new Map<string, StatementSync>();

  const begin = () => {
    const deadline = performance.now() + busyTimeoutMs;
    for (;;) {
      try {
        return database.exec("BEGIN IMMEDIATE");
      } catch (error) {
        if (!isBusy(error) || performance.now() >= deadline) throw error;
      }
    }
  };

  const finish = <T>(work: () => T): T => {
    try {
      const result = work();
      database.exec("COMMIT");
      return result;
    } catch (error) {
      rollBack(database);
      throw error;
    }
  };

  return {
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = database.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
    firstRow: (sql, ...parameters) => {
      const statement = listing.get(sql) ?? database.prepare(sql);
      if (!listing.has(sql)) {
        listing.set(sql, statement);
        if (CAN_LIST) statement.setReturnArrays(true);
      }
      const row: unknown = statement.get(...parameters);
      return row === undefined || Array.isArray(row) ? row : Object.values(row as Record<string, SQLOutputValue>);
    },
    exec: (sql) => database.exec(sql),
    transaction: (work) => {
      begin();
      return finish(work);
    },
    snapshot: (work) => {
      database.exec("BEGIN");
      return finish(work);
    },
    close: () => {
      statements.clear();
      listing.clear();
      database.close();
    },
  };
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // Some failures, such as a full disk, end the transaction themselves, and then there is none to roll back.
  }
}
