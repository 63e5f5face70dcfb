import { StoreFullError, type TileCommit } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { checkpoint, freeBytes, tidyUp } from "./maintenance.ts";
import { PAGE_BYTES } from "./pragmas.ts";
import { RESERVE_BYTES, type Reserve } from "./reserve.ts";
import { hasRoomToGrow, sizeOf } from "./room-to-grow.ts";
import { isFull } from "./sqlite-errors.ts";

/** How the one who writes gets along with little room. */
export interface Room {
  /** Runs a write; and once more, when there was no room for it, with all the room that can be made. */
  readonly within: <T>(write: () => T) => T;
  /**
   * Sees to it, within a transaction, that what it commits will fit into the database too, and a removal after it: the
   * reserve holds as much as the -wal file, and what is about to follow.
   *
   * @throws StoreFullError
   */
  readonly claim: (commit: TileCommit) => void;
  /** Sees to it that there is a reserve. */
  readonly keep: () => void;
  /** When nobody has the database open any more. */
  readonly leave: () => void;
}

/** In memory there is no disk that could be full, and `reserve` is undefined. */
export function roomFor(connection: Connection, path: string, reserve: Reserve | undefined): Room {
  const logBytes = () => sizeOf(`${path}-wal`);

  return {
    within: (write) => {
      try {
        return write();
      } catch (error) {
        if (!isFull(error, path)) throw error;
      }
      const fullDisk = reserve !== undefined && !hasRoomToGrow(path) ? reserve : undefined;
      try {
        for (;;) {
          if (fullDisk !== undefined) spendReserve(connection, fullDisk);
          try {
            return write();
          } catch (error) {
            if (!isFull(error, path)) throw error;
            if (fullDisk !== undefined) spendReserve(connection, fullDisk);
            // What was removed and is not cleared yet is room, too.
            if (!tidyUp(connection, { completely: fullDisk !== undefined })) throw error;
          }
        }
      } finally {
        if (fullDisk !== undefined) remakeReserve(connection, fullDisk);
      }
    },
    claim: (commit) => {
      if (reserve === undefined) return;
      const growth = Math.max(0, mostBytesOf(commit) - freeBytes(connection));
      if (reserve.growTo(RESERVE_BYTES + logBytes() + growth)) return;
      throw new StoreFullError(`There is no room left for the database ${path}.`);
    },
    keep: () => {
      if (reserve === undefined || reserve.growTo(RESERVE_BYTES + logBytes())) return;
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
  try {
    checkpoint(connection);
  } catch {
    // It is too little even so. What is written next finds out whether it fits.
  }
}

/** What a tile takes beside its bytes: its rows and what the indexes hold of it. */
const ROW_BYTES = 512;

/** By how much a commit can make the database grow. Of small tiles, each can leave as much of a page empty as it takes. */
function mostBytesOf({ tiles }: TileCommit): number {
  let most = 0;
  for (const { bytes } of tiles) {
    const length = bytes?.length ?? 0;
    most += ROW_BYTES + length + Math.min(length, PAGE_BYTES);
  }
  return most;
}
