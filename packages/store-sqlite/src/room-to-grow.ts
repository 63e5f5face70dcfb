import { closeSync, openSync, rmSync, statSync, writeSync } from "node:fs";

const PROBE_BYTES = 64 * 1024;

/** A full disk, a quota, the greatest size of a file. */
const FULL: readonly unknown[] = ["ENOSPC", "EDQUOT", "EFBIG"];

/** Whether the files of a database could grow, which is found out by writing beside it what would follow next. */
export function hasRoomToGrow(path: string): boolean {
  const probe = `${path}-probe`;
  try {
    const file = openSync(probe, "w");
    try {
      writeSync(file, new Uint8Array(PROBE_BYTES), 0, PROBE_BYTES, Math.max(sizeOf(path), sizeOf(`${path}-wal`)));
    } finally {
      closeSync(file);
      rmSync(probe);
    }
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && FULL.includes(error.code));
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
