import { existsSync, renameSync, statSync } from "node:fs";

/** The files that make up a database; its main one goes last, so that the others are never without it and forgotten. */
const SUFFIXES = ["-wal", "-shm", ""];

/** Tells a file from another that has taken its path. */
export function fileIdentity(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

/**
 * Moves a damaged database aside, with all that belongs to it, so that nothing of it is lost and its path is free.
 * Returns where it is now; undefined if it could not be moved, or another has been put in its place meanwhile.
 */
export function quarantine(path: string, identity: string | undefined, now: Date): string | undefined {
  if (identity === undefined || fileIdentity(path) !== identity) return undefined;
  const aside = freePath(`${path}.corrupt-${now.toISOString().replace(/[-:.]/g, "")}`);
  try {
    for (const suffix of SUFFIXES) {
      if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    }
    return aside;
  } catch {
    // The folder may not be written, or the system does not move open files: the error of the damage says enough.
    return undefined;
  }
}

/**
 * Moves aside what a database has left that is gone itself: somebody has deleted or moved its main file alone. A new one
 * must neither swallow it nor share it with those who still have the old one open.
 */
export function quarantineLeftovers(path: string, now: Date): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  if (!existsSync(`${path}-wal`) && !existsSync(`${path}-shm`)) return;
  const aside = freePath(`${path}.corrupt-${now.toISOString().replace(/[-:.]/g, "")}-wal`).replace(/-wal$/, "");
  for (const suffix of ["-wal", "-shm"]) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
}

function freePath(path: string): string {
  let free = path;
  for (let i = 2; existsSync(free); i++) free = `${path}-${i}`;
  return free;
}
