import { styleText } from "node:util";

/** A cell filled from the left by so many eighths. */
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of so many columns, its ends included, filled to an eighth of a column. `share` goes from 0 to 1. */
export function progressBar(share: number, columns: number, color: boolean): string {
  const cells = Math.max(0, columns - 2);
  const eighths = Math.floor(Math.min(1, Math.max(0, share)) * cells * 8);
  const filled = "█".repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? "");
  const empty = " ".repeat(cells - filled.length);
  if (!color) return `▕${filled}${empty}▏`;
  const paint = (format: "cyan" | "gray", text: string) => styleText(format, text, { validateStream: false });
  return paint("gray", "▕") + paint("cyan", filled) + empty + paint("gray", "▏");
}
