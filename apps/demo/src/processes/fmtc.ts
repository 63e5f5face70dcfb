import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { DemoError } from "../demo-error.ts";
import { command } from "../paint.ts";
import type { Children } from "./children.ts";
import { commandLines } from "./command-lines.ts";

const MAIN = fileURLToPath(new URL("../../../cli/src/main.ts", import.meta.url));
/** Says nothing, so that the demo is the same whatever that of the user says; all else is said by options. */
const CONFIG = fileURLToPath(new URL("./fmtc.config.json", import.meta.url));
const GUARD = new URL("./end-with-demo.ts", import.meta.url).href;

/** The command line of fmtc as a process, for which the user's terminal is its own. */
export interface Fmtc {
  /** Shows the command as the user could type it, and starts it. */
  readonly start: (...words: readonly string[]) => ChildProcess;
  /** The same, to the end. @throws DemoError if it does not end well */
  readonly run: (...words: readonly string[]) => Promise<void>;
  /** Gives it no chance to do anything any more, and returns when it is gone. */
  readonly kill: (running: ChildProcess) => Promise<void>;
}

/** `folder`: where the user is, and relative paths begin. */
export function fmtcIn(folder: string, children: Children): Fmtc {
  const start = (...words: readonly string[]) => {
    for (const line of commandLines(words)) console.log(command(`  ${line}`));
    console.log();
    return children.start(["--import", GUARD, MAIN, ...words], {
      cwd: folder,
      env: { ...process.env, FMTC_CONFIG: CONFIG },
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
  };
  return {
    start,
    run: async (...words) => {
      const [code, signal] = await once(start(...words), "close");
      if (code !== 0)
        throw new DemoError(`fmtc ${words[0]} ended with ${signal ?? `code ${code}`}: its own words are above.`);
      console.log();
    },
    kill: async (running) => {
      const closed = once(running, "close");
      running.kill("SIGKILL");
      await closed;
    },
  };
}
