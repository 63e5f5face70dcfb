import { mkdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { DemoError } from "./demo-error.ts";

export const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

/** What SQLite and the store keep beside a database while it is open, and after a crash. */
const BESIDE = ["-wal", "-shm", "-reserve"];

/** Where the demo writes, and how the user types these paths. */
export interface DemoFiles {
  readonly folder: string;
  /** Where commands are run: where the user is. */
  readonly userFolder: string;
  readonly database: string;
  readonly picture: string;
  /** As short as it can be typed where the user is. */
  readonly typed: (file: string) => string;
}

export function demoFilesIn(folder: string, userFolder: string): DemoFiles {
  return {
    folder,
    userFolder,
    database: join(folder, "demo-tiles.db"),
    picture: join(folder, "offline-map.png"),
    typed: (file) => {
      const path = relative(userFolder, file);
      return path.startsWith("..") ? file : path;
    },
  };
}

/** Makes the folder, and takes away what an earlier demo has left in it. @throws DemoError if that cannot be */
export function clearDemoFiles({ folder, database, picture }: DemoFiles): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const file of [picture, database, ...BESIDE.map((ending) => database + ending)]) rmSync(file, { force: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : `${error}`;
    throw new DemoError(`The demo cannot write into ${folder} (${why}): name another folder with --out.`);
  }
}
