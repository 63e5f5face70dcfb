import { textWidth } from "./text-width.ts";

const SEPARATOR = " · ";

/** Parts side by side, on as many lines as it takes. A part is not split. */
export function flowLines(parts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of parts) {
    const longer = line === "" ? part : line + SEPARATOR + part;
    if (line !== "" && textWidth(longer) > columns) {
      lines.push(line);
      line = part;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}
