import { createHash, randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { Presence } from "@fmtc/core";
import { isAlive, processStartedAt } from "./sessions.ts";

const OWNER = /^sqlite:([0-9a-f]{16}):(\d{1,10}):(\d{1,15}):[0-9a-f-]{36}$/;

/**
 * Owners are named after their process, so that a dead one is noticed by whoever can see that there is no such process. That
 * a process is there says less: it may have been stopped for good. Then the clock decides.
 */
export function processPresence(): Presence {
  const here = processRealm();
  return {
    enter: async () => ({
      owner: `sqlite:${here}:${process.pid}:${processStartedAt()}:${randomUUID()}`,
      leave: async () => {},
    }),
    find: async (owner) => {
      const [, realm, pid, startedAt] = OWNER.exec(owner) ?? [];
      if (realm !== here) return "unknown";
      return isAlive({ host: hostname(), pid: Number(pid), startedAt: Number(startedAt) }) ? "unknown" : "gone";
    },
  };
}

/**
 * Stands for all processes that can see each other by their numbers. Containers may share a name and a file, and have
 * numbers of their own: Linux tells them apart, and one start of the system from the next.
 */
function processRealm(): string {
  const facts = [
    hostname(),
    told(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1")),
    told(() => readlinkSync("/proc/self/ns/pid")),
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}

/** What a system other than Linux does not tell is empty. */
function told(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
