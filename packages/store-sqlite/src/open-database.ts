import { setTimeout } from "node:timers/promises";
import { StoreCorruptError } from "@fmtc/core";
import { CLEARING_TABLES } from "./clear-trash.ts";
import { type Connection, connect } from "./connection.ts";
import { assertOurFile } from "./file-header.ts";
import { type Room, roomFor } from "./make-room.ts";
import { assertKnownVersion, migrate, versionOf } from "./migrations.ts";
import { DOOMED_TABLE } from "./move-to-trash.ts";
import { configure, prepareFile } from "./pragmas.ts";
import { fileIdentity, quarantine, quarantineLeftovers } from "./quarantine.ts";
import { type Reserve, reserveOf } from "./reserve.ts";
import { beginSession, endCrashedSessions, hasCrashed, isOpenElsewhere, newSession } from "./sessions.ts";
import { isBusy, isCorruption, isFull, toStoreError } from "./sqlite-errors.ts";

export interface DatabaseOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
  readonly maxFileBytes: number | undefined;
  readonly check: "afterCrash" | "always" | "never";
}

/** A database that is ready to be written. */
export interface OpenDatabase {
  readonly connection: Connection;
  readonly session: number;
  /** Whether the session is entered already; without room, it is not. */
  readonly hasBegun: boolean;
  /** Tells its file from others that may take its path. Undefined in memory. */
  readonly identity: string | undefined;
  readonly room: Room;
}

const RETRY_MS = 20;

/**
 * Opens a database for writing: made if there is none, brought up to date, and checked if a process crashed with it.
 * A damaged one is moved aside, unless others have it open.
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const { path, busyTimeoutMs } = options;
  const reserve = path === ":memory:" ? undefined : reserveOf(path);
  const deadline = performance.now() + busyTimeoutMs;
  let isSpent = false;
  for (;;) {
    try {
      const opened = openOnce(options, reserve);
      if (isSpent) opened.room.keep();
      return opened;
    } catch (error) {
      // While others make the file, or turn it to WAL mode, SQLite does not always wait by itself.
      const canWait = isBusy(error) && performance.now() < deadline;
      const canMakeRoom = !isSpent && isFull(error, path);
      if (!canWait && !canMakeRoom) throw toStoreError(error, path);
      if (canMakeRoom) {
        reserve?.giveUp();
        isSpent = true;
      }
    }
    await setTimeout(RETRY_MS);
  }
}

function openOnce(options: DatabaseOptions, reserve: Reserve | undefined): OpenDatabase {
  const { path } = options;
  const isFile = reserve !== undefined;
  if (isFile) {
    assertOurFile(path);
    quarantineLeftovers(path, new Date());
  }
  const connection = connect(path, options);
  const identity = isFile ? fileIdentity(path) : undefined;
  try {
    const version = versionOf(connection);
    assertKnownVersion(version);
    if (version === 0) prepareFile(connection);
    else checkIfNeeded(connection, options.check);
    migrate(connection);
    configure(connection, options.maxFileBytes);
    connection.exec(CLEARING_TABLES);
    connection.exec(DOOMED_TABLE);
    const room = roomFor(connection, path, reserve);
    const session = newSession();
    const hasBegun = begin(connection, session, room, options);
    return { connection, session, hasBegun, identity, room };
  } catch (error) {
    if (!isCorruption(error)) {
      connection.close();
      throw error;
    }
    throw setAside(connection, options, identity, reserve, error);
  }
}

/** Enters a session. False if not even for that there is room: a full disk can be read, and tidied up. */
function begin(connection: Connection, session: number, room: Room, { path, check }: DatabaseOptions): boolean {
  try {
    room.within(() =>
      connection.transaction(() => {
        // Without a check they stay, for the one who will.
        if (check !== "never") endCrashedSessions(connection);
        beginSession(connection, session);
      }),
    );
    return true;
  } catch (error) {
    if (!isFull(error, path)) throw error;
    return false;
  }
}

function checkIfNeeded(connection: Connection, check: DatabaseOptions["check"]): void {
  if (check === "never" || (check === "afterCrash" && !hasCrashed(connection))) return;
  const [first] = connection.prepare("PRAGMA quick_check(1)").all() as { quick_check: string }[];
  if (first?.quick_check !== "ok") throw new DamageError(first?.quick_check ?? "");
}

/** What `quick_check` has found, in the shape of SQLite's own errors. */
class DamageError extends Error {
  /** SQLITE_CORRUPT */
  readonly errcode = 11;
}

/**
 * While it is open, a file can be moved on most systems, and then SQLite leaves its -wal as it is when it closes. Where
 * open files cannot be moved, it is closed first.
 */
function setAside(
  connection: Connection,
  { path }: DatabaseOptions,
  identity: string | undefined,
  reserve: Reserve | undefined,
  cause: unknown,
): StoreCorruptError {
  if (isUsedByOthers(connection)) {
    connection.close();
    return new StoreCorruptError(
      `The database ${path} is damaged, and others have it open. Close it there, then open it again.`,
      undefined,
      { cause },
    );
  }
  if (process.platform === "win32") connection.close();
  const aside = quarantine(path, identity, new Date());
  if (process.platform !== "win32") connection.close();
  if (aside !== undefined) reserve?.giveUp();
  return new StoreCorruptError(`The database ${path} is damaged.`, aside, { cause });
}

/** As far as the damaged database can tell. */
function isUsedByOthers(connection: Connection): boolean {
  try {
    return isOpenElsewhere(connection);
  } catch {
    return false;
  }
}
