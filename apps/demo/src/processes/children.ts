import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** How a program of this repository runs from its sources. */
const FROM_SOURCE = [
  "--experimental-strip-types",
  "--disable-warning=ExperimentalWarning",
  "--conditions=@fmtc/source",
];

/** How long a process may take to end by itself. */
const GRACE_MS = 3_000;

/** The processes that the demo has started, none of which outlives it. */
export class Children {
  readonly #running = new Set<ChildProcess>();
  #isOver = false;

  /** Runs a TypeScript file with Node; `words` are its path and its arguments, with options for Node before them. */
  start(words: readonly string[], options: SpawnOptions): ChildProcess {
    if (this.#isOver) throw new Error("The demo is over, and starts nothing any more.");
    const child = spawn(process.execPath, [...FROM_SOURCE, ...words], options);
    this.#running.add(child);
    const forget = () => void this.#running.delete(child);
    child.once("close", forget).once("error", forget);
    return child;
  }

  /** Asks all of them to end, and ends those that do not. */
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#running].map(end));
  }

  /** The same at once, where nothing can be waited for. */
  kill(): void {
    this.#isOver = true;
    for (const child of this.#running) child.kill("SIGKILL");
  }
}

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, "close");
  child.stdin?.end();
  child.kill("SIGTERM");
  await Promise.race([closed, sleep(GRACE_MS, undefined, { ref: false })]);
  child.kill("SIGKILL");
  await closed;
}
