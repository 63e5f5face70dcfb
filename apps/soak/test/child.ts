import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inject, onTestFinished } from "vitest";
import type { Task, Told } from "./task.ts";

/** A process of its own that downloads. */
export interface Child {
  /** The next thing it tells, of this kind; others are passed over. Fails when it ends before. */
  readonly tells: <Kind extends Told["told"]>(kind: Kind) => Promise<Extract<Told, { told: Kind }>>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

export function startChild(task: Task): Child {
  const script = join(inject("builtChildren"), "download.js");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  // From the beginning: a process whose words nobody takes in does not end.
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    tells: async (kind) => {
      for (;;) {
        const { value: line, done } = await lines.next();
        if (done === true) throw new Error(`The child ended before it told "${kind}".`);
        // The last line of one that was killed may be cut short.
        if (!line.endsWith("}")) continue;
        const told = JSON.parse(line) as Told;
        if (isOf(kind, told)) return told;
      }
    },
    signal: (signal) => void child.kill(signal),
    ended: once(child, "close").then(([code, signal]) => code ?? signal),
  };
}

function isOf<Kind extends Told["told"]>(kind: Kind, told: Told): told is Extract<Told, { told: Kind }> {
  return told.told === kind;
}
