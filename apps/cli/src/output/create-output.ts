import { stripVTControlCharacters, styleText } from "node:util";
import { merge, take } from "rxjs";
import { columnsOf, createLiveLines } from "./create-live-lines.ts";
import { createSink } from "./create-sink.ts";
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

/** More bytes than this should not wait for a reader. */
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
    },
    event: (value) => {
      if (mode === "json") sayJson(value);
    },
    note: (text) => {
      if (mode === "human") live.above(() => err.write(`${text}\n`));
    },
    error: (text, value) => {
      if (mode === "json") sayJson(value);
      live.above(() => err.write(`${color ? styleText("red", text, { validateStream: false }) : text}\n`));
    },
    live: (text) => {
      if (isLive) live.show(text);
    },
    unread$: merge(out.gone$, err.gone$).pipe(take(1)),
    get isBehind() {
      return !out.isGone && stdout.writableLength > BEHIND;
    },
    drained: async () => {
      await Promise.all([out.drained(), err.drained()]);
    },
    close: async () => {
      live.show("");
      await Promise.all([out.drained(), err.drained()]);
    },
  };
}

function isScreen({ isTTY }: OutputStream, env: OutputOptions["env"] = {}): boolean {
  return isTTY === true && env.TERM !== "dumb";
}

function isCi({ CI }: NonNullable<OutputOptions["env"]>): boolean {
  return CI !== undefined && CI !== "" && CI !== "false";
}
