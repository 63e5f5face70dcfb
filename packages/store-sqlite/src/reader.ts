import { StoreClosedError } from "@fmtc/core";
import { type Connection, connect } from "./connection.ts";
import { isCorruption, toStoreError } from "./sqlite-errors.ts";

/** The reading half of a store: it sees what is committed, and waits for nobody. */
export interface Reader {
  readonly read: <T>(work: (connection: Connection) => T) => T;
  /** The same for what takes several turns. */
  readonly readSlowly: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  /** The same for what is gone over, page by page. */
  readonly items: <T>(work: (connection: Connection) => AsyncIterable<T>) => AsyncGenerator<T, void, undefined>;
  /** Whether a read has met damage. */
  readonly hasMetDamage: () => boolean;
  readonly close: () => void;
}

/** Only while a crashed process's last writes are sorted out does a reader wait. */
const PATIENCE_MS = 5_000;

/** Opens a connection for reading; in memory, where there can be only one, `shared` is it. */
export function openReader(path: string, shared: Connection | undefined): Reader & { readonly connection: Connection } {
  const connection = shared ?? connectReader(path);
  let isOpen = true;
  let hasMetDamage = false;
  const errorOf = (error: unknown) => {
    if (!isOpen) return new StoreClosedError();
    hasMetDamage ||= isCorruption(error);
    return toStoreError(error, path);
  };

  return {
    connection,
    read: (work) => {
      try {
        return work(connection);
      } catch (error) {
        throw errorOf(error);
      }
    },
    readSlowly: async (work) => {
      try {
        return await work(connection);
      } catch (error) {
        throw errorOf(error);
      }
    },
    items: async function* (work) {
      try {
        yield* work(connection);
      } catch (error) {
        throw errorOf(error);
      }
    },
    hasMetDamage: () => hasMetDamage,
    close: () => {
      isOpen = false;
      if (shared === undefined) connection.close();
    },
  };
}

function connectReader(path: string): Connection {
  try {
    const connection = connect(path, { busyTimeoutMs: PATIENCE_MS });
    connection.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}; PRAGMA cache_size = -16384;`);
    return connection;
  } catch (error) {
    throw toStoreError(error, path);
  }
}
