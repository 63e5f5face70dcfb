import { Writable } from "node:stream";
import { createLogUpdate } from "log-update";
import type { OutputStream } from "./output-stream.ts";
import { textWidth } from "./text-width.ts";

const UP_AND_ERASE = "\u001b[1A\u001b[2K";

/** Lines at the bottom of a terminal, such as a progress bar, that are written over again and again. */
export interface LiveLines {
  /** Shows this text instead of the one before. An empty text takes that away. */
  readonly show: (text: string) => void;
  /** Takes the lines away while `say` writes something that stays, and shows them again below it. */
  readonly above: (say: () => void) => void;
}

/**
 * `write` writes to the terminal. The cursor is not hidden, as it would stay hidden after a `kill -9` or a Ctrl-Z.
 */
export function createLiveLines(terminal: OutputStream, write: (text: string) => void): LiveLines {
  const log = createLogUpdate(withSize(terminal, write), { showCursor: true });
  let shown = "";
  /** The width of the terminal when they were shown. */
  let width = 0;
  const show = (text: string) => {
    if (text === "" && shown === "") return;
    if (text === "") log.clear();
    else log(text);
    shown = text;
    width = columnsOf(terminal);
  };
  // A terminal that becomes narrower breaks the lines that are there, which log-update does not know.
  terminal.on("resize", () => {
    if (shown === "") return;
    const added = rowsOf(shown, width, columnsOf(terminal)) - rowsOf(shown, width, width);
    if (added <= 0) return;
    show("");
    write(UP_AND_ERASE.repeat(added));
  });
  const above = (say: () => void) => {
    const lines = shown;
    show("");
    say();
    if (lines !== "") show(lines);
  };
  return { show, above };
}

/** How many rows a terminal of so many columns has for lines that were written when it had `before`. */
function rowsOf(text: string, before: number, columns: number): number {
  let rows = 0;
  for (const line of text.split("\n")) {
    const width = textWidth(line);
    // What did not fit before was broken by log-update, and each part of it is a line of its own.
    rows += Math.floor(width / before) * Math.ceil(before / columns);
    rows += Math.ceil((width % before) / columns);
  }
  return rows;
}

/** log-update's view of the terminal. One that does not tell its size is taken for 80 columns and 24 rows. */
function withSize(terminal: OutputStream, write: (text: string) => void): Writable {
  const screen = new Writable({
    decodeStrings: false,
    // At once, as other texts are written by `write` itself, and must not overtake these.
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

/** How many columns a terminal has; 80 if it does not tell. */
export function columnsOf({ columns }: OutputStream): number {
  return columns || 80;
}
