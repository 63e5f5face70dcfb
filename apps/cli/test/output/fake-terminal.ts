import { Writable } from "node:stream";

export interface FakeTerminal extends Writable {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  /** All that was written. */
  readonly written: () => string;
  /** The same as it looks, without colours: what was taken away is gone. */
  readonly screen: () => readonly string[];
  /** As when somebody drags its edge: it breaks lines anew, and then tells the program. */
  readonly resize: (columns: number) => void;
}

/** A stream that notes what is written, and shows it as a terminal does. */
export function fakeTerminal(about: Pick<FakeTerminal, "isTTY" | "columns" | "rows"> = {}): FakeTerminal {
  let text = "";
  const screen = new Screen(about.columns || Infinity);
  const stream = new Writable({
    write: (part, _encoding, done) => {
      text += part;
      screen.write(String(part));
      done();
    },
  });
  const terminal: FakeTerminal = Object.assign(stream, {
    ...about,
    written: () => text,
    screen: () => screen.lines(),
    resize: (columns: number) => {
      screen.resize(columns);
      terminal.columns = columns;
      terminal.emit("resize");
    },
  });
  return terminal;
}

/** A terminal at which people look. */
export const atTerminal = { isTTY: true, columns: 120, rows: 24 } as const;

const TOKEN = /\n|\p{Cc}\[([?\d;]*)([A-Za-z])|\P{Cc}/gu;

/** Understands what log-update says: up, down, to the first column, and erase. Every character takes one column. */
class Screen {
  /** `isBroken`: the text goes on in the next row, as it was too long for this one. */
  #rows: { text: string; isBroken: boolean }[] = [];
  #row = 0;
  #column = 0;
  #columns: number;

  constructor(columns: number) {
    this.#columns = columns;
  }

  write(text: string): void {
    for (const [token, count = "", command] of text.matchAll(TOKEN)) {
      if (token === "\n") this.#go(this.#row + 1);
      else if (command === "A") this.#row = Math.max(0, this.#row - Number(count || 1));
      else if (command === "B") this.#row += Number(count || 1);
      else if (command === "G") this.#column = 0;
      else if (command === "K") this.#erase(count === "2" ? 0 : this.#column);
      else if (command === undefined) this.#put(token);
    }
  }

  /** The rows that are not blank. */
  lines(): readonly string[] {
    return Array.from(this.#rows, (row) => row?.text ?? "").filter((line) => line !== "");
  }

  /** Joins what it has broken, and breaks it again. The cursor stays at its line. */
  resize(columns: number): void {
    this.#at();
    const lines: string[] = [];
    let line = "";
    let cursorLine = 0;
    for (const [i, row] of this.#rows.entries()) {
      if (i === this.#row) cursorLine = lines.length;
      line += row.text;
      if (row.isBroken) continue;
      lines.push(line);
      line = "";
    }
    this.#columns = columns;
    this.#rows = [];
    let cursorRow = 0;
    for (const [i, text] of lines.entries()) {
      if (i === cursorLine) cursorRow = this.#rows.length;
      for (let at = 0; at === 0 || at < text.length; at += columns) {
        this.#rows.push({ text: text.slice(at, at + columns), isBroken: at + columns < text.length });
      }
    }
    this.#row = cursorRow;
  }

  #go(row: number): void {
    this.#row = row;
    this.#column = 0;
  }

  #at() {
    while (this.#rows.length <= this.#row) this.#rows.push({ text: "", isBroken: false });
    return this.#rows[this.#row] ?? { text: "", isBroken: false };
  }

  #erase(from: number): void {
    const row = this.#at();
    row.text = row.text.slice(0, from);
    row.isBroken = false;
  }

  #put(character: string): void {
    if (this.#column >= this.#columns) {
      this.#at().isBroken = true;
      this.#go(this.#row + 1);
    }
    const row = this.#at();
    row.text = row.text.slice(0, this.#column).padEnd(this.#column) + character + row.text.slice(this.#column + 1);
    this.#column += 1;
  }
}
