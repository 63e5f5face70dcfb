import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openSqliteStore } from "@fmtc/store-sqlite";

const APP = fileURLToPath(new URL("../", import.meta.url));

/** As the scripts of package.json have them. */
const FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", "--conditions=@fmtc/source"];

/** The demo as a process, which leads a group of processes as it does in a terminal. */
export interface RunningDemo {
  readonly pid: number | undefined;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** To the demo alone. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** To the demo and all that it has started, as terminals do. */
  readonly signalAll: (signal: NodeJS.Signals) => boolean;
  readonly closeStdout: () => void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Whether any of its processes is still there. */
  readonly isAnythingLeft: () => boolean;
}

/** `folder`: where the user is. */
export function startDemo(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningDemo {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [...FLAGS, "src/main.ts", ...args], {
    cwd: APP,
    env: { ...inherited, INIT_CWD: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    texts.stderr += text;
  });
  const signalAll = (signal: NodeJS.Signals | 0) => {
    try {
      return child.pid !== undefined && process.kill(-child.pid, signal);
    } catch {
      return false;
    }
  };
  return {
    pid: child.pid,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    signal: (signal) => void child.kill(signal),
    signalAll,
    closeStdout: () => void child.stdout.destroy(),
    ended: once(child, "close").then(([code, signal]) => code ?? signal),
    isAnythingLeft: () => signalAll(0),
  };
}

/** How many tiles are in the database of a demo by now. */
export async function countTiles(database: string): Promise<number> {
  const store = await openSqliteStore(database, { worker: false });
  try {
    return (await store.stats()).length;
  } finally {
    await store.close();
  }
}
