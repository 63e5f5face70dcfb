import { Writable } from "node:stream";

export interface FakeTerminal extends Writable {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  /** All that was written. */
  readonly written: () => string;
  /** The same as it looks, without colours: what was taken away is gone. */
  readonly screen: () => readonly string[];
}

/** A stream that notes what is written, and shows it as a terminal does. */
export function fakeTerminal(about: Pick<FakeTerminal, "isTTY" | "columns" | "rows"> = {}): FakeTerminal {
  let text = "";
  const stream = new Writable({
    write: (part, _encoding, done) => {
      text += part;
      done();
    },
  });
  return Object.assign(stream, { ...about, written: () => text, screen: () => screenOf(text) });
}

/** A terminal at which people look. */
export const atTerminal = { isTTY: true, columns: 120, rows: 24 } as const;

const TOKEN = /\n|\p{Cc}\[([?\d;]*)([A-Za-z])|\P{Cc}+/gu;

/** Understands what log-update says: up, down, to the first column, and erase. Gives the lines that are not blank. */
function screenOf(text: string): readonly string[] {
  const lines: string[] = [];
  let row = 0;
  let column = 0;
  for (const [token, count = "", command] of text.matchAll(TOKEN)) {
    const line = lines[row] ?? "";
    if (token === "\n") {
      row += 1;
      column = 0;
    } else if (command === "A") row = Math.max(0, row - Number(count || 1));
    else if (command === "B") row += Number(count || 1);
    else if (command === "G") column = 0;
    else if (command === "K") lines[row] = count === "2" ? "" : line.slice(0, column);
    else if (command === undefined) {
      lines[row] = line.slice(0, column).padEnd(column) + token + line.slice(column + token.length);
      column += token.length;
    }
  }
  return Array.from(lines, (line = "") => line).filter((line) => line !== "");
}
