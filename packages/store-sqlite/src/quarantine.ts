import { existsSync, renameSync, statSync } from "node:fs";
import { sizeOf } from "./room-to-grow.ts";

/** What belongs to a database, beside its main file. */
const COMPANIONS = ["-wal", "-shm"];

/** The main file goes last, so that the others are never without it and forgotten. */
const WHOLE = [...COMPANIONS, ""];

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
  try {
    return moveAside(path, WHOLE, now);
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
  const hasLeftSome = sizeOf(path) === 0 && COMPANIONS.some((suffix) => existsSync(path + suffix));
  if (hasLeftSome) moveAside(path, COMPANIONS, now);
}

function moveAside(path: string, suffixes: readonly string[], now: Date): string {
  const aside = asidePath(path, now);
  for (const suffix of suffixes) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

/** Where nothing is yet. */
function asidePath(path: string, now: Date): string {
  const named = `${path}.corrupt-${now.toISOString().replace(/[-:.]/g, "")}`;
  let free = named;
  for (let i = 2; WHOLE.some((suffix) => existsSync(free + suffix)); i++) {
    free = `${named}-${i}`;
  }
  return free;
}
