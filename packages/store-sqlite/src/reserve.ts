import { randomFillSync } from "node:crypto";
import { closeSync, existsSync, openSync, rmSync, statfsSync, truncateSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { isDiskFullError, sizeOf } from "./room-to-grow.ts";

/**
 * SQLite needs room in order to free room: all that it writes goes to the -wal file first. So a file beside the database
 * keeps some, which is given up once the disk is full: for a removal, for an opening, for what the -wal file holds and
 * the database has to take in. The processes that have a database open share it.
 */
export interface Reserve {
  /** Makes it so large, if it is smaller. False if the disk is full: then it is as large as it could be. */
  readonly growTo: (bytes: number) => boolean;
  /** Makes it so small, if it is larger. */
  readonly shrinkTo: (bytes: number) => void;
  readonly giveUp: () => void;
  /** For the last one to close the database: it goes, but on a disk so full that the next opening may need it. */
  readonly leave: () => void;
}

/** The least that is kept: what a removal writes, or a step of tidying up. */
export const RESERVE_BYTES = 4 * 1024 * 1024;

const NEARLY_FULL_BYTES = 16 * RESERVE_BYTES;

/** It grows by so much at a time, so that few commits have to open it. */
const STEP_BYTES = 1024 * 1024;
const LEAST_STEP_BYTES = 4096;

export function reservePath(databasePath: string): string {
  return `${databasePath}-reserve`;
}

export function reserveOf(databasePath: string): Reserve {
  const path = reservePath(databasePath);
  const giveUp = () => {
    try {
      rmSync(path, { force: true });
    } catch {
      // Where open files cannot be removed, another process is making it larger right now: it has met no full disk.
    }
  };
  const shrinkTo = (bytes: number) => {
    const size = inSteps(bytes);
    try {
      if (sizeOf(path) > size) truncateSync(path, size);
    } catch {
      // It was given up meanwhile, or is another's and cannot be changed.
    }
  };
  return {
    growTo: (bytes) => {
      const missing = inSteps(bytes) - sizeOf(path);
      if (missing <= 0) return true;
      try {
        append(path, missing);
        return true;
      } catch (error) {
        // Where no such file can be made, the database does without.
        return !isDiskFullError(error);
      }
    },
    shrinkTo,
    giveUp,
    leave: () => {
      const { bavail, bsize } = statfsSync(dirname(path));
      if (bavail * bsize > NEARLY_FULL_BYTES || !existsSync(databasePath)) giveUp();
      else shrinkTo(RESERVE_BYTES);
    },
  };
}

function inSteps(bytes: number): number {
  return Math.ceil(bytes / STEP_BYTES) * STEP_BYTES;
}

/** Bytes that no file system can keep in less room than they take. */
let filling: Uint8Array | undefined;

function append(path: string, bytes: number): void {
  filling ??= randomFillSync(new Uint8Array(STEP_BYTES));
  const file = openSync(path, "a");
  try {
    let missing = bytes;
    let step = STEP_BYTES;
    while (missing > 0) {
      try {
        missing -= writeSync(file, filling, 0, Math.min(missing, step));
      } catch (error) {
        // The last bit of a disk is worth having, too.
        if (!isDiskFullError(error) || step === LEAST_STEP_BYTES) throw error;
        step = LEAST_STEP_BYTES;
      }
    }
  } finally {
    closeSync(file);
  }
}
