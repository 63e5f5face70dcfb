import { FmtcError, StoreCorruptError, StoreFullError, StoreUnavailableError } from "@fmtc/core";
import { hasRoomToGrow } from "./room-to-grow.ts";

/** SQLite's primary result codes that a store meets. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === BUSY || code === LOCKED;
}

/** Whether there was no room: on the disk, within `maxFileBytes`, or for another source. */
export function isFull(error: unknown, path: string): boolean {
  const code = primaryCode(error);
  // SQLite knows a full disk only by one of its names.
  return code === FULL || (code === IOERR && !hasRoomToGrow(path)) || StoreFullError.isInstance(error);
}

/** Whether SQLite has found the file damaged. */
export function isCorruption(error: unknown): boolean {
  const code = primaryCode(error);
  return code === CORRUPT || code === NOTADB;
}

/** The error that a caller meets. What is no error of SQLite is returned as it is. */
export function toStoreError(error: unknown, path: string): unknown {
  if (FmtcError.isInstance(error)) return error;
  const options = { cause: error };
  if (isFull(error, path)) return new StoreFullError(`There is no room left for the database ${path}.`, options);
  switch (primaryCode(error)) {
    case IOERR:
      return new StoreUnavailableError(
        `The database ${path} cannot be read or written: the device fails (${messageOf(error)}). Check the disk.`,
        options,
      );
    case CORRUPT:
    case NOTADB:
      return new StoreCorruptError(
        `The database ${path} is damaged. Close it and open it again: it will be checked.`,
        undefined,
        options,
      );
    case BUSY:
    case LOCKED:
      return new StoreUnavailableError(
        `The database ${path} was being written by others all the while. Try again, or allow more time (busyTimeoutMs).`,
        options,
      );
    case READONLY:
      return new StoreUnavailableError(
        `The database ${path} cannot be written. Check the permissions of the file and of its folder.`,
        options,
      );
    case CANTOPEN:
      return new StoreUnavailableError(
        `The database ${path} cannot be opened. Check that its folder exists and may be written.`,
        options,
      );
    default:
      return error;
  }
}

/** The lowest byte of SQLite's result code; the others only refine it. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
