import { stripVTControlCharacters, styleText } from "node:util";
import { map, merge, take } from "rxjs";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { columnsOf, createLiveLines } from "./create-live-lines.ts";
import { createSink, type Loss } from "./create-sink.ts";
import type { Output } from "./output.ts";
import type { OutputStream } from "./output-stream.ts";

export interface OutputOptions {
  readonly mode: Output["mode"];
  /** Whether colours are wanted. There are none where there is no terminal, or with `NO_COLOR`. */
  readonly color: boolean;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** If more bytes than this wait for a reader, it should be waited for. */
const BEHIND = 1_000_000;

/** Says things on standard output and standard error. */
export function createOutput({ mode, color: wanted, stdout, stderr, env = process.env }: OutputOptions): Output {
  const out = createSink(stdout);
  const err = createSink(stderr);
  const hasColors = (stream: OutputStream) => wanted && isScreen(stream, env) && !env.NO_COLOR;
  const color = hasColors(stderr);
  const resultText = (text: string) => (hasColors(stdout) ? text : stripVTControlCharacters(text));
  const isLive = mode === "human" && isScreen(stderr, env) && !isCi(env);
  const live = createLiveLines(stderr, err.write);
  const sayJson = (value: object) => out.write(`${JSON.stringify(value)}\n`);
  const sayError = (text: string) => {
    live.above(() => err.write(`${color ? styleText("red", text, { validateStream: false }) : text}\n`));
  };
  // At once, as what follows from it, such as a pause, is told after it.
  out.lost$.subscribe(({ error, isUnread }) => {
    if (!isUnread) sayError(`Standard output cannot be written: ${problemOf(error)}.`);
  });
  const drained = async () => {
    await out.drained();
    await err.drained();
  };

  return {
    mode,
    isLive,
    color,
    get width() {
      return columnsOf(stderr);
    },
    result: (text, value) => {
      if (mode === "json") sayJson(value);
      if (mode === "human") live.above(() => out.write(`${resultText(text)}\n`));
      // Where it does not arrive, such as the command that goes on with a download, somebody may still read this.
      if (mode === "json" && out.loss()?.isUnread === false) err.write(`${text}\n`);
    },
    event: (value) => {
      if (mode === "json") sayJson(value);
    },
    note: (text) => {
      if (mode === "human") live.above(() => err.write(`${text}\n`));
    },
    error: (text, value) => {
      if (mode === "json") sayJson(value);
      sayError(text);
    },
    live: (text) => {
      if (isLive) live.show(text);
    },
    lost$: merge(out.lost$, err.lost$).pipe(take(1), map(codeOf)),
    get isBehind() {
      return out.loss() === undefined && stdout.writableLength > BEHIND;
    },
    drained,
    close: async () => {
      live.show("");
      await drained();
      const loss = out.loss() ?? err.loss();
      return loss && codeOf(loss);
    },
  };
}

function problemOf(error: Error): string {
  return "code" in error && error.code === "ENOSPC" ? "the disk is full" : error.message;
}

function codeOf({ isUnread }: Loss): ExitCode {
  return isUnread ? EXIT.unread : EXIT.error;
}

function isScreen({ isTTY }: OutputStream, env: OutputOptions["env"] = {}): boolean {
  return isTTY === true && env.TERM !== "dumb";
}

function isCi({ CI }: NonNullable<OutputOptions["env"]>): boolean {
  return CI !== undefined && CI !== "" && CI !== "false";
}
