import { Writable } from "node:stream";
import { createLogUpdate } from "log-update";
import type { OutputStream } from "./output-stream.ts";

/** Lines at the bottom of a terminal that replace those shown before. */
export interface LiveLines {
  /** An empty text takes them away. */
  readonly show: (text: string) => void;
  /** Says something that stays, above them. */
  readonly above: (say: () => void) => void;
}

/**
 * `write` writes to the terminal. The cursor is never hidden: so nothing that ends or stops this program, not even a
 * `kill -9` or a Ctrl-Z, leaves it so.
 */
export function createLiveLines(terminal: OutputStream, write: (text: string) => void): LiveLines {
  const log = createLogUpdate(withSize(terminal, write), { showCursor: true });
  let shown = "";
  const show = (text: string) => {
    if (text === "" && shown === "") return;
    if (text === "") log.clear();
    else log(text);
    shown = text;
  };
  const above = (say: () => void) => {
    const lines = shown;
    show("");
    say();
    if (lines !== "") show(lines);
  };
  return { show, above };
}

/** Terminals that have no size, as some have that are none, are 80 columns wide, and 24 high. */
function withSize(terminal: OutputStream, write: (text: string) => void): Writable {
  const screen = new Writable({
    decodeStrings: false,
    // It keeps nothing back, so that what is written past it stays in order.
    write: (text: string, _encoding, done) => {
      write(text);
      done();
    },
  });
  return Object.defineProperties(screen, {
    isTTY: { value: terminal.isTTY },
    columns: { get: () => columnsOf(terminal) },
    rows: { get: () => terminal.rows || 24 },
  });
}

/** How many columns a terminal has, or what comes nearest. */
export function columnsOf({ columns }: OutputStream): number {
  return columns || 80;
}
