import { oneLine } from "./one-line.ts";
import { fitText, textWidth } from "./text-width.ts";

const NUMBER = /^[-+~≈]?\d[\d,.]*( ?%| ?[kMGTP]?B|\/s| ?(d|h|min|s)( \d+ (h|min|s))?)?$/u;
const GAP = "  ";

/** All rows would be as long as the longest text. */
const WIDEST = 40;

/**
 * Rows of aligned columns. A column of numbers, with or without units, stands to the right; a head above it too. A text that
 * is very long is cut, unless it stands in the last column.
 */
export function table(rows: readonly (readonly string[])[], head?: readonly string[]): string {
  const uncut = head === undefined ? rows : [head, ...rows];
  const columns = Math.max(0, ...uncut.map((row) => row.length));
  const all = uncut.map((row) =>
    row.map((cell, i) => (i < columns - 1 ? fitText(oneLine(cell), WIDEST) : oneLine(cell))),
  );
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...all.map((row) => textWidth(row[i] ?? ""))));
  const isRight = widths.map((_, i) => isNumeric(rows.map((row) => row[i] ?? "")));
  const line = (row: readonly string[]) =>
    widths.map((width, i) => pad(row[i] ?? "", width, isRight[i] === true)).join(GAP);
  return all.map((row) => line(row).trimEnd()).join("\n");
}

function isNumeric(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "" && cell !== "–");
  return filled.length > 0 && filled.every((cell) => NUMBER.test(cell));
}

function pad(text: string, width: number, isRight: boolean): string {
  const space = " ".repeat(width - textWidth(text));
  return isRight ? space + text : text + space;
}
