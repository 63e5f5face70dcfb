import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { FmtcError } from "@fmtc/core";

/** Mounts a disk of its own in a folder. */
export function mountDisk(folder: string, size: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
}

/** Fills a disk to its last byte. */
export function takeAllRoom(folder: string): void {
  for (const size of [2 ** 16, 1]) {
    try {
      for (;;) appendFileSync(join(folder, "ballast"), new Uint8Array(size));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }
}

/** "done", or the code of the error. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    if (!FmtcError.isInstance(error)) throw error;
    return error.code;
  }
}
