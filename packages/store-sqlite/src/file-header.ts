import { accessSync, closeSync, constants, existsSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { StoreUnavailableError } from "@fmtc/core";
import { assertKnownVersion } from "./migrations.ts";
import { APPLICATION_ID } from "./schema.ts";

const MAGIC = "SQLite format 3\0";
const WRITE_VERSION_AT = 18;
const SCHEMA_COOKIE_AT = 40;
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;
const LENGTH = 72;

/**
 * Looks at the first bytes of a file before SQLite does, as SQLite may write to what it opens. What is not ours, or
 * newer than we are, is left untouched. A file that is missing or empty will be ours, and so will a database in which
 * nothing was ever made, as another process leaves it for a moment while it makes ours.
 *
 * @throws StoreUnavailableError if the file cannot be read, or is something else; StoreVersionError if it is newer.
 */
export function assertOurFile(path: string): void {
  const header = readHeader(path);
  if (header === undefined || header.length === 0) return;
  if (header.length < LENGTH || header.toString("latin1", 0, MAGIC.length) !== MAGIC) {
    throw notOurs(path, "is not a SQLite database");
  }
  if (isBlank(header)) return;
  if (header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) {
    throw notOurs(path, "is the database of another application");
  }
  assertKnownVersion(header.readUInt32BE(USER_VERSION_AT));
}

/** Whether it is a database without marks and tables, and without a -wal file that may hold some. */
function isBlank(header: Buffer): boolean {
  const marks = [SCHEMA_COOKIE_AT, USER_VERSION_AT, APPLICATION_ID_AT].map((at) => header.readUInt32BE(at));
  return marks.every((mark) => mark === 0) && header[WRITE_VERSION_AT] === 1;
}

function notOurs(path: string, problem: string): StoreUnavailableError {
  return new StoreUnavailableError(
    `The file ${path} ${problem}, and was left as it is. Choose another path, or move the file away.`,
  );
}

/** The first bytes of a file, as far as it goes; undefined if there is none. */
function readHeader(path: string): Buffer | undefined {
  try {
    // SQLite would open what it may not write for reading, and leave files beside it before it fails.
    accessSync(dirname(path), constants.W_OK);
    const file = openSync(path, "r+");
    try {
      const header = Buffer.alloc(LENGTH);
      return header.subarray(0, readSync(file, header));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" && existsSync(dirname(path))) return undefined;
    throw new StoreUnavailableError(
      `The database ${path} ${problemOf(code)}. Give the path of a file that may be read and written, as may its folder.`,
      { cause: error },
    );
  }
}

function problemOf(code: unknown): string {
  if (code === "ENOENT") return "has no folder";
  return code === "EISDIR" ? "is a folder" : "cannot be opened";
}
