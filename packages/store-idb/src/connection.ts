import { type StoreChange, StoreClosedError } from "@fmtc/core";
import { isClosedConnection, toStoreError } from "./idb-errors.ts";
import type { Database, ObjectStoreName, ReadTransaction, WriteTransaction } from "./schema.ts";
import { createSerialQueue } from "./serial-queue.ts";

/** A connection to a database: the one place where transactions begin and end. */
export interface Connection {
  readonly read: <T>(names: readonly ObjectStoreName[], work: (tx: ReadTransaction) => Promise<T>) => Promise<T>;
  /**
   * One write transaction at a time, in the order of the calls: reads get their turn between two of them, where IndexedDB
   * would let them wait for all that have been begun. What `work` tells of is told to others once it is done.
   */
  readonly write: <T>(
    names: readonly ObjectStoreName[],
    work: (tx: WriteTransaction, tell: Tell) => Promise<T>,
    durability?: IDBTransactionDurability,
  ) => Promise<T>;
  /** From now on everything fails, because of `reason`; what has begun may end. */
  readonly lose: (reason: string) => void;
  /** Waits for what has begun, then closes. */
  readonly close: () => Promise<void>;
}

export type Tell = (kind: StoreChange["kind"], stores: readonly string[]) => void;

/** `onChange` is told of each change that has been written, `onClosed` once, when nothing more will come. */
export function createConnection(
  database: Database,
  { onChange, onClosed }: { readonly onChange: (change: StoreChange) => void; readonly onClosed: () => void },
): Connection {
  const writes = createSerialQueue();
  const reads = new Set<Promise<unknown>>();
  let lost: string | undefined;
  let ended: Promise<void> | undefined;

  /** A transaction, or why there can be none. */
  function begin<T>(open: () => T): T {
    if (lost !== undefined) throw new StoreClosedError(lost);
    try {
      return open();
    } catch (error) {
      if (!isClosedConnection(error)) throw toStoreError([error], lost);
      lose("the browser has closed it");
      throw new StoreClosedError(lost);
    }
  }

  async function readNow<T>(names: readonly ObjectStoreName[], work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    const tx = begin(() => database.transaction([...names], "readonly"));
    const done = tx.done.catch((error: unknown) => error);
    try {
      return await work(tx);
    } catch (error) {
      throw toStoreError([error, ...(error instanceof DOMException ? [await done] : [])], lost);
    }
  }

  async function writeNow<T>(
    names: readonly ObjectStoreName[],
    work: (tx: WriteTransaction, tell: Tell) => Promise<T>,
    durability: IDBTransactionDurability,
  ): Promise<T> {
    const tx = begin(() => database.transaction([...names], "readwrite", { durability }));
    const done = tx.done.then(
      () => undefined,
      (error: unknown) => error,
    );
    const told: StoreChange[] = [];
    try {
      const result = await work(tx, (kind, stores) => told.push({ kind, stores }));
      tx.commit();
      await tx.done;
      told.forEach(onChange);
      return result;
    } catch (error) {
      abort(tx);
      throw toStoreError([error, await done], lost);
    }
  }

  function end(): Promise<void> {
    ended ??= Promise.allSettled([writes.idle(), ...reads]).then(() => {
      database.close();
      onClosed();
    });
    return ended;
  }

  function lose(reason: string): void {
    lost ??= reason;
    // Closes as soon as what has begun is done; until then a transaction that is under way goes on.
    database.close();
    void end();
  }

  return {
    read: (names, work) => {
      const reading = readNow(names, work);
      reads.add(reading);
      const forget = () => reads.delete(reading);
      reading.then(forget, forget);
      return reading;
    },
    write: (names, work, durability = "relaxed") => writes.run(() => writeNow(names, work, durability)),
    lose,
    close: end,
  };
}

/** A transaction that has ended by itself cannot be aborted, and need not be. */
function abort(tx: WriteTransaction): void {
  try {
    tx.abort();
  } catch (error) {
    if (!isClosedConnection(error)) throw error;
  }
}
