import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Connection } from "./connection.ts";

const MOST_SESSIONS = 2 ** 47;

type Session = { readonly id: number; readonly host: string; readonly pid: number; readonly startedAt: number };

/** A number for a session. By chance, so that it is known before there was room to note it. */
export function newSession(): number {
  return randomInt(MOST_SESSIONS);
}

/** Notes that this process has the database open. */
export function beginSession(connection: Connection, session: number): void {
  connection
    .prepare("INSERT OR IGNORE INTO sessions (id, host, pid, process_started_at) VALUES (?, ?, ?, ?)")
    .run(session, hostname(), process.pid, processStartedAt());
}

/** Ends a session in good order. */
export function endSession(connection: Connection, session: number): void {
  connection.prepare("DELETE FROM sessions WHERE id = ?").run(session);
}

/** Leaves a session as a crash would, so that whoever opens the database next checks it. */
export function failSession(connection: Connection, session: number): void {
  connection.prepare("UPDATE sessions SET pid = 0 WHERE id = ?").run(session);
}

/** Whether a process went away without closing the database. */
export function hasCrashed(connection: Connection): boolean {
  return sessions(connection).some((session) => !isAlive(session));
}

/** Whether another process, or another store of this one, has the database open. */
export function isOpenElsewhere(connection: Connection): boolean {
  return sessions(connection).some(isAlive);
}

/** Forgets the crashed ones, once the database has been checked. */
export function endCrashedSessions(connection: Connection): void {
  for (const session of sessions(connection)) if (!isAlive(session)) endSession(connection, session.id);
}

function sessions(connection: Connection): Session[] {
  return connection.prepare("SELECT id, host, pid, process_started_at AS startedAt FROM sessions").all() as Session[];
}

/** The states of a process that has ended, and whose parent has not asked how: "zombie" and "dead". */
const ENDED: readonly unknown[] = ["Z", "X"];

/** What the system tells of a process. */
interface ProcessFacts {
  /**
   * When it began: by the system's own count, which neither clocks nor sleep disturb. Tells it from others that had or
   * will have its number.
   */
  readonly startedAt: number;
  readonly hasEnded: boolean;
}

/** Undefined where the system does not tell, and if there is no such process. */
function factsOf(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // From the third field on. The second, a name in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const startedAt = Number(fields[19]);
    return Number.isSafeInteger(startedAt) ? { startedAt, hasEnded: ENDED.includes(fields[0]) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A process of another host, which is to say of another container on this machine, cannot be asked. It counts as gone:
 * a check that was not needed does no harm.
 */
export function isAlive({ host, pid, startedAt }: Omit<Session, "id">): boolean {
  if (host !== hostname() || pid <= 0) return false;
  const facts = factsOf(pid);
  if (facts !== undefined) return facts.startedAt === startedAt && !facts.hasEnded;
  // By the clock, which may have been set since, this process cannot be told from one before it.
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

let startOfThisProcess: number | undefined;

/** When this process began: the same answer each time. Where the system does not count, it goes by the clock. */
export function processStartedAt(): number {
  startOfThisProcess ??= factsOf(process.pid)?.startedAt ?? Math.round(Date.now() - process.uptime() * 1000);
  return startOfThisProcess;
}
