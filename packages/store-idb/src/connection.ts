import { type StoreChange, StoreClosedError } from "@fmtc/core";
import { isClosedConnection, isUnexplained, toStoreError } from "./idb-errors.ts";
import type { Database, ObjectStoreName, ReadTransaction, WriteTransaction } from "./schema.ts";
import { createSerialQueue } from "./serial-queue.ts";

const CLOSED_BY_BROWSER =
  "the browser has closed the connection, as it does when it evicts the data of a site or when somebody clears it";

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
  /** From now on everything fails, because of `reason`; what has begun may end, and then the connection is closed. */
  readonly retire: (reason: string) => void;
  /** The browser has closed the connection: what has begun fails as well, as its transactions may never end. */
  readonly terminate: () => void;
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
  const interrupts = new Set<() => void>();
  let lost: string | undefined;
  let ended: Promise<void> | undefined;

  /** A transaction, or why there can be none. */
  function begin<T>(open: () => T): T {
    if (lost !== undefined) throw new StoreClosedError(lost);
    try {
      return open();
    } catch (error) {
      if (!isClosedConnection(error)) throw toStoreError([error], lost);
      terminate();
      throw new StoreClosedError(CLOSED_BY_BROWSER);
    }
  }

  /** `work`, unless the connection is terminated before: then a rejection. */
  function interruptible<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const interrupt = () => reject(new StoreClosedError(CLOSED_BY_BROWSER));
      interrupts.add(interrupt);
      const forget = () => interrupts.delete(interrupt);
      work.then(resolve, reject).then(forget, forget);
    });
  }

  /**
   * When the browser closes a connection, its transactions fail first, and for any reason; that it was closed is said
   * later, or never. So an empty transaction is tried: where that fails, or has no answer before the news, nothing goes.
   */
  async function explain(causes: readonly unknown[]): Promise<unknown> {
    if (lost === undefined && isUnexplained(causes)) {
      const names = [...database.objectStoreNames].slice(0, 1);
      const answer = begin(() => database.transaction(names)).done;
      await interruptible(answer).catch(terminate);
    }
    return toStoreError(causes, lost);
  }

  async function readNow<T>(names: readonly ObjectStoreName[], work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    const tx = begin(() => database.transaction([...names], "readonly"));
    const done = tx.done.catch((error: unknown) => error);
    try {
      return await work(tx);
    } catch (error) {
      throw await explain([error, ...(error instanceof DOMException ? [await done] : [])]);
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
      throw await explain([error, await done]);
    }
  }

  function end(): Promise<void> {
    ended ??= Promise.allSettled([writes.idle(), ...reads]).then(() => {
      database.close();
      onClosed();
    });
    return ended;
  }

  function retire(reason: string): void {
    lost ??= reason;
    // IndexedDB closes it once what has begun is done.
    database.close();
    void end();
  }

  function terminate(): void {
    retire(CLOSED_BY_BROWSER);
    for (const interrupt of interrupts) interrupt();
  }

  return {
    read: (names, work) => {
      const reading = interruptible(readNow(names, work));
      reads.add(reading);
      const forget = () => reads.delete(reading);
      reading.then(forget, forget);
      return reading;
    },
    write: (names, work, durability = "relaxed") => writes.run(() => interruptible(writeNow(names, work, durability))),
    retire,
    terminate,
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
