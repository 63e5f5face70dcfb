import { existsSync } from "node:fs";
import { StoreUnavailableError, type TileCommit } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { GROWING_JOBS, JOBS, type JobArguments, type JobName, type JobValue, REMOVING_JOBS } from "./jobs.ts";
import { checkpoint, tidyUp } from "./maintenance.ts";
import { mostBytesOf, mostBytesOfJob } from "./make-room.ts";
import { type DatabaseOptions, openDatabase } from "./open-database.ts";
import type { Outcome } from "./outcome.ts";
import { fileIdentity } from "./quarantine.ts";
import { fileBytes } from "./read-stats.ts";
import { reservePath } from "./reserve.ts";
import { sizeOf } from "./room-to-grow.ts";
import { beginSession, endSession, failSession, isOpenElsewhere } from "./sessions.ts";
import { isCorruption, toStoreError } from "./sqlite-errors.ts";
import { turn } from "./turn.ts";

/** The one who writes, in whichever thread: it runs jobs one after the other, and tidies up in between. */
export interface Host {
  readonly session: number;
  readonly run: <Name extends JobName>(name: Name, ...args: JobArguments<Name>) => Outcome<JobValue<Name>>;
  /** Gives all room back that is free, a little at a time. Returns by how many bytes the files have shrunk. */
  readonly reclaim: () => Promise<number>;
  readonly close: (after: { readonly damage: boolean }) => void;
}

export async function openHost(options: DatabaseOptions): Promise<Host & { readonly connection: Connection }> {
  const { path } = options;
  const { connection, session, hasBegun, identity, room } = await openDatabase(options);
  let isEntered = hasBegun;
  let isOpen = true;
  let isDamaged = false;
  let isTidying = false;

  /** What is thrown has a type, and damage is remembered. */
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      isDamaged ||= isCorruption(error);
      throw toStoreError(error, path);
    }
  };

  const isInPlace = () => identity === undefined || fileIdentity(path) === identity;
  const assertInPlace = () => {
    if (isInPlace()) return;
    throw new StoreUnavailableError(
      `The file ${path} was moved, deleted or replaced while it was open. Nothing was written; open it again.`,
    );
  };

  const tidyUpInBackground = async () => {
    if (isTidying) return;
    isTidying = true;
    try {
      do await turn();
      while (isOpen && isInPlace() && room.within(() => tidyUp(connection, { completely: false })));
      if (isOpen && isInPlace()) {
        room.within(() => checkpoint(connection));
        room.keep();
      }
    } catch (error) {
      // Whoever writes next meets the same failure and is told; what is left to tidy is found at the next opening.
      isDamaged ||= isCorruption(error);
    } finally {
      isTidying = false;
    }
  };

  tidyUpInBackground();
  return {
    connection,
    session,
    run: (name, ...args) => {
      const job = JOBS[name] as (connection: Connection, ...args: unknown[]) => Outcome<never>;
      const isCommit = name === "commitTiles";
      const isGrowing = GROWING_JOBS.has(name);
      const withRoom = isCommit ? room.withinClaim : isGrowing ? room.besideReserve : room.within;
      const outcome = guarded(() =>
        withRoom(() =>
          connection.transaction(() => {
            assertInPlace();
            if (!isEntered) beginSession(connection, session);
            if (isCommit) room.claim(mostBytesOf(args[0] as TileCommit));
            if (isGrowing) room.claim(mostBytesOfJob(args));
            return job(connection, ...args);
          }),
        ),
      );
      isEntered = true;
      if (REMOVING_JOBS.has(name)) tidyUpInBackground();
      return outcome;
    },
    reclaim: async () => {
      guarded(assertInPlace);
      const before = await fileBytes(path);
      const reservedBefore = sizeOf(reservePath(path));
      while (isOpen && guarded(() => room.within(() => tidyUp(connection, { completely: true })))) await turn();
      if (isOpen) {
        guarded(() => {
          room.within(() => checkpoint(connection));
          room.keep();
        });
      }
      // A reserve that was not there yet takes nothing away from what was given back.
      const reserved = Math.max(0, reservedBefore - sizeOf(reservePath(path)));
      return Math.max(0, before - (await fileBytes(path))) + reserved;
    },
    close: ({ damage }) => {
      isOpen = false;
      try {
        // Its -wal and -shm may be those of another file by now.
        if (isInPlace()) {
          const end = isDamaged || damage ? failSession : endSession;
          room.within(() => connection.transaction(() => end(connection, session)));
          room.within(() => checkpoint(connection));
          if (!isOpenElsewhere(connection)) room.leave();
        } else if (!existsSync(path)) room.leave();
      } catch {
        // All that was committed is there. The session that is left makes the next opening check the database.
      }
      connection.close();
    },
  };
}
