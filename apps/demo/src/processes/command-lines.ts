import { shellWord } from "./shell-word.ts";

const WIDTH = 96;

/** An fmtc command as lines that can be pasted into a shell; a break comes before an option. */
export function commandLines(words: readonly string[]): string[] {
  const lines: string[] = [];
  let line = "$ npm run fmtc --";
  for (const part of partsOf(words)) {
    if (line.length + 1 + part.length + 2 > WIDTH) {
      lines.push(`${line} \\`);
      line = `    ${part}`;
    } else line += ` ${part}`;
  }
  return [...lines, line];
}

/** Options with their values, and other words. */
function partsOf(words: readonly string[]): string[] {
  const parts: string[] = [];
  for (const word of words.map(shellWord)) {
    const before = parts.at(-1);
    if (before?.startsWith("--") && !before.includes(" ") && !word.startsWith("--"))
      parts[parts.length - 1] += ` ${word}`;
    else parts.push(word);
  }
  return parts;
}
