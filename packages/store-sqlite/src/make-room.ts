import { StoreFullError, type TileCommit } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { checkpoint, freeBytes, tidyUp } from "./maintenance.ts";
import { PAGE_BYTES, WAL_BYTES } from "./pragmas.ts";
import { RESERVE_BYTES, type Reserve } from "./reserve.ts";
import { hasRoomToGrow, sizeOf } from "./room-to-grow.ts";
import { isBusy, isFull } from "./sqlite-errors.ts";

/** How the one who writes gets along with little room. */
export interface Room {
  /**
   * Runs a write that makes room, or that takes none for good; and again, when there was no room for it, with all that can
   * be made.
   */
  readonly within: <T>(write: () => T) => T;
  /** The same for a write that has claimed what it takes. Others will hardly leave it room that they have just taken. */
  readonly withinClaim: <T>(write: () => T) => T;
  /** The same for a write that has claimed what it takes, and that is not worth giving the reserve up. */
  readonly besideReserve: <T>(write: () => T) => T;
  /**
   * Sees to it, within a transaction, that what it commits will fit into the database too, and a removal after it: the
   * reserve holds as much as the -wal file, and what is about to follow.
   *
   * @throws StoreFullError
   */
  readonly claim: (mostBytes: number) => void;
  /** Sees to it that there is a reserve, and none larger than it has to be. */
  readonly keep: () => void;
  /** When nobody has the database open any more. */
  readonly leave: () => void;
}

/** How often a removal tries again when others have taken the room that was made for it, and how long it waits first. */
const MOST_TRIES = 5;
const WAIT_MS = 20;

/** In memory there is no disk that could be full, and `reserve` is undefined. */
export function roomFor(connection: Connection, path: string, reserve: Reserve | undefined): Room {
  const logBytes = () => sizeOf(`${path}-wal`);
  const fullDisk = () => (reserve !== undefined && !hasRoomToGrow(path) ? reserve : undefined);

  /** Undefined if there was no room. */
  const attempt = <T>(write: () => T): { readonly result: T } | { readonly error: unknown } => {
    try {
      return { result: write() };
    } catch (error) {
      if (!isFull(error, path)) throw error;
      return { error };
    }
  };

  const within = <T>(write: () => T, tries: number): T => {
    const first = attempt(write);
    if ("result" in first) return first.result;
    const spent = fullDisk();
    try {
      for (let failures = 0; ; ) {
        if (spent !== undefined) spendReserve(connection, spent);
        const next = attempt(write);
        if ("result" in next) return next.result;
        if (spent !== undefined) spendReserve(connection, spent);
        // What was removed and is not cleared yet is room, too.
        const tidied = attempt(() => tidyUp(connection, { completely: spent !== undefined }));
        if ("result" in tidied && tidied.result) continue;
        failures += 1;
        if (spent === undefined || failures >= tries) throw next.error;
        pause();
      }
    } finally {
      if (spent !== undefined) remakeReserve(connection, spent);
    }
  };

  return {
    within: (write) => within(write, MOST_TRIES),
    withinClaim: (write) => within(write, 1),
    besideReserve: (write) => {
      const first = attempt(write);
      if ("result" in first) return first.result;
      const full = fullDisk();
      if (full === undefined) return within(write, 1);
      try {
        full.shrinkTo(RESERVE_BYTES);
        tryCheckpoint(connection);
        return write();
      } finally {
        // What was claimed in vain.
        full.shrinkTo(RESERVE_BYTES + logBytes());
      }
    },
    claim: (mostBytes) => {
      if (reserve === undefined) return;
      const needed = RESERVE_BYTES + logBytes() + Math.max(0, mostBytes - freeBytes(connection));
      // It stays as large as the next ones will need it.
      reserve.shrinkTo(needed + WAL_BYTES);
      if (reserve.growTo(needed)) return;
      throw new StoreFullError(`There is no room left for the database ${path}.`);
    },
    keep: () => {
      if (reserve === undefined) return;
      try {
        // Within a transaction, as others claim within theirs.
        connection.transaction(() => reserve.shrinkTo(RESERVE_BYTES + logBytes()));
      } catch (error) {
        // Those who write now will see to it.
        if (!isBusy(error)) throw error;
      }
      if (reserve.growTo(RESERVE_BYTES + logBytes())) return;
      if (logBytes() > 0) remakeReserve(connection, reserve);
    },
    leave: () => reserve?.leave(),
  };
}

/** Makes a new reserve of what is left, after the database has taken in what the -wal file holds. */
function remakeReserve(connection: Connection, reserve: Reserve): void {
  spendReserve(connection, reserve);
  reserve.growTo(RESERVE_BYTES);
}

function spendReserve(connection: Connection, reserve: Reserve): void {
  reserve.giveUp();
  tryCheckpoint(connection);
}

function tryCheckpoint(connection: Connection): void {
  try {
    checkpoint(connection);
  } catch {
    // It is too little even so. What is written next finds out whether it fits.
  }
}

/** A write keeps its thread waiting anyway. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
}

/** What a tile takes beside its bytes: its rows and what the indexes hold of it. */
const ROW_BYTES = 512;

/** By how much a commit can make the database grow. Of small tiles, each can leave as much of a page empty as it takes. */
export function mostBytesOf({ tiles }: TileCommit): number {
  let most = 0;
  for (const { bytes } of tiles) {
    const length = bytes?.length ?? 0;
    most += ROW_BYTES + length + Math.min(length, PAGE_BYTES);
  }
  return most;
}

/** What any other job may take: a few new pages in each of the trees it writes. */
const PAGES_OF_A_JOB = 16;

/** By how much another job can make it grow. A letter takes up to 3 bytes, and each text can leave some of a page empty. */
export function mostBytesOfJob(args: readonly unknown[]): number {
  return PAGES_OF_A_JOB * PAGE_BYTES + 2 * 3 * JSON.stringify(args).length;
}
