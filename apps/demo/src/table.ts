/** Rows of cells as lines of text, their columns aligned to the right. */
export function tableLines(rows: readonly (readonly string[])[], gap = 3): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  }
  return rows.map((row) => row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join(" ".repeat(gap)));
}
