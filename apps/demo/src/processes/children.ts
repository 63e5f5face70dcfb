import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

/** How a program of this repository runs from its sources. */
const FROM_SOURCE = [
  "--experimental-strip-types",
  "--disable-warning=ExperimentalWarning",
  "--conditions=@fmtc/source",
];

/** The processes that the demo has started. */
export class Children {
  readonly #running = new Set<ChildProcess>();
  readonly #over: AbortSignal;

  /** Once `over` is aborted all of them are killed, and none is started any more. */
  constructor(over: AbortSignal) {
    this.#over = over;
    over.addEventListener("abort", () => this.#kill(), { once: true });
  }

  /** Runs a TypeScript file with Node; `words` are its path and its arguments, with options for Node before them. */
  start(words: readonly string[], options: SpawnOptions): ChildProcess {
    this.#over.throwIfAborted();
    const child = spawn(process.execPath, [...FROM_SOURCE, ...words], options);
    this.#running.add(child);
    const forget = () => void this.#running.delete(child);
    child.once("close", forget).once("error", forget);
    return child;
  }

  /** Kills what still runs, and returns when it is gone. Nothing is asked to end: what the demo makes can be made again. */
  async end(): Promise<void> {
    const closed = [...this.#running].map((child) => once(child, "close"));
    this.#kill();
    await Promise.all(closed);
  }

  #kill(): void {
    for (const child of this.#running) child.kill("SIGKILL");
  }
}
