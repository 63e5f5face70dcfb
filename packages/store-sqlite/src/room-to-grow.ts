import { closeSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { threadId } from "node:worker_threads";

const PROBE_BYTES = 64 * 1024;

const FULL_DISK: readonly unknown[] = ["ENOSPC", "EDQUOT"];
const GREATEST_SIZE = "EFBIG";

/** Whether the files of a database could grow, which is found out by writing beside it what would follow next. */
export function hasRoomToGrow(path: string): boolean {
  // Others may look for room at the same time.
  const probe = `${path}-probe-${process.pid}-${threadId}`;
  try {
    const file = openSync(probe, "w");
    try {
      writeSync(file, new Uint8Array(PROBE_BYTES), 0, PROBE_BYTES, Math.max(sizeOf(path), sizeOf(`${path}-wal`)));
    } finally {
      closeSync(file);
      rmSync(probe, { force: true });
    }
    return true;
  } catch (error) {
    return !isDiskFullError(error) && codeOf(error) !== GREATEST_SIZE;
  }
}

/** A full disk, or a quota. */
export function isDiskFullError(error: unknown): boolean {
  return FULL_DISK.includes(codeOf(error));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** The size of a file, 0 if there is none. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
