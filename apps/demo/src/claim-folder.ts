import { existsSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DemoError } from "./demo-error.ts";
import { DEFAULT_FOLDER, type DemoFiles } from "./demo-files.ts";
import { makeFolder } from "./make-folder.ts";
import { sentenceOf } from "./sentence-of.ts";

/** What SQLite and the store keep beside a database while it is open, and after a crash. */
const BESIDE = ["-wal", "-shm", "-reserve"];

/** SQLite's code for a database that somebody else has locked. */
const BUSY = 5;

/** The folder of one demo, until `release`, or until its process ends, however that may be. */
interface Claim {
  readonly release: () => void;
}

/**
 * Makes the folder, keeps other demos out of it, and takes away what an earlier one has left there, but nothing of the user's.
 *
 * @throws DemoError if that cannot be
 */
export function claimFolder(files: DemoFiles): Claim {
  const { folder, database, picture, marker } = files;
  const ours = [picture, database, ...BESIDE.map((ending) => database + ending)];
  try {
    makeFolder(folder);
    const stranger = ours.find((file) => existsSync(file));
    if (stranger !== undefined && !existsSync(marker) && folder !== DEFAULT_FOLDER) {
      throw new DemoError(
        `${folder} has a file ${basename(stranger)} that no demo has made: name another folder with --out.`,
      );
    }
    const claim = lock(files);
    for (const file of ours) rmSync(file, { force: true });
    return claim;
  } catch (error) {
    if (error instanceof DemoError) throw error;
    throw new DemoError(`The demo cannot write into ${folder} (${sentenceOf(error)}): name another folder with --out.`);
  }
}

/** The marker is an empty database, as the system gives up a lock of SQLite's with the process that holds it. */
function lock({ folder, marker }: DemoFiles): Claim {
  const held = new DatabaseSync(marker);
  try {
    held.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    held.close();
    if (error instanceof Error && "errcode" in error && error.errcode === BUSY) {
      throw new DemoError(`Another demo is at work in ${folder}: wait for its end, or name another folder with --out.`);
    }
    throw error;
  }
  return { release: () => held.close() };
}
