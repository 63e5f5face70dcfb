import { FmtcError, StoreClosedError, StoreCorruptError, StoreFullError, StoreUnavailableError } from "@fmtc/core";

/** Values that are on disk and cannot be read back. */
const UNREADABLE: readonly string[] = ["NotReadableError", "NotFoundError", "DataError"];

/**
 * What IndexedDB says, as an error of ours. A failed transaction tells of it in several places: the request, the abort
 * event and the promise of the transaction; `causes` are those that have been heard, and the most telling one counts.
 *
 * `lost` is why the connection is gone, if it is: then everything fails because of that.
 */
export function toStoreError(causes: readonly unknown[], lost: string | undefined): unknown {
  const ours = causes.find((cause) => FmtcError.isInstance(cause));
  if (ours !== undefined) return ours;
  if (lost !== undefined) return new StoreClosedError(lost);
  const exceptions = causes.filter((cause) => cause instanceof DOMException);
  const full = exceptions.find(isFull);
  if (full !== undefined) return new StoreFullError("The browser gives this site no more room.", { cause: full });
  const telling = exceptions.find(({ name }) => name !== "AbortError") ?? exceptions[0];
  if (telling === undefined) return causes[0];
  const { name, message } = telling;
  const options = { cause: telling };
  if (UNREADABLE.includes(name)) {
    return new StoreCorruptError(`IndexedDB cannot read what it has stored (${name}: ${message}).`, undefined, options);
  }
  return new StoreUnavailableError(
    `IndexedDB failed with ${name}: ${message} Try again; if it stays, restart the browser or free some room on the disk.`,
    options,
  );
}

/** Whether the causes say no more than that something went wrong. */
export function isUnexplained(causes: readonly unknown[]): boolean {
  const isExplained = causes.some((cause) => FmtcError.isInstance(cause) || isFull(cause));
  return !isExplained && causes.some((cause) => cause instanceof DOMException);
}

function isFull(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === "QuotaExceededError";
}

/** Whether a transaction could not even begin, as the connection is closed. */
export function isClosedConnection(error: unknown): boolean {
  return error instanceof DOMException && error.name === "InvalidStateError";
}
