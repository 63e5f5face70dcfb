import { styleText } from "node:util";
import { flowLines } from "../output/flow-lines.ts";
import { formatCount } from "../output/format-count.ts";
import { fitText, textWidth } from "../output/text-width.ts";
import { againWords, doubtWords, holdUpWords } from "./hold-up-words.ts";
import { failedWords, skippedWords } from "./outcome-words.ts";
import { progressBar } from "./progress-bar.ts";
import type { Snapshot } from "./snapshot.ts";
import { percentWords, statWords } from "./stat-words.ts";

interface Look {
  readonly width: number;
  readonly color: boolean;
}

const GAP = "  ";
const PERCENT = "100.0 %".length;
/** The longest of what stands beside the bar, after the tiles: a rate, a time, bytes. */
const BESIDE = "  9,999/s · 23 h 59 min left · 9.99 GB".length;
const SHORTEST_BAR = 20;
const LONGEST_BAR = 60;

/**
 * A download as lines for a terminal: a bar with its numbers, what was skipped and what has failed, and what it waits for.
 * What stands where depends only on the width and the number of tiles, so that it does not jump about.
 */
export function liveLines(snapshot: Snapshot, { width, color }: Look): string {
  // Some terminals go to the next line when the last column is written.
  const columns = Math.max(1, width - 1);
  const paint = (format: "red" | "yellow", text: string) =>
    color ? styleText(format, text, { validateStream: false }) : text;

  const failed = failedWords(snapshot.progress);
  const whole = failed.join(", ");
  const outcomes = [
    ...skippedWords(snapshot.progress),
    ...againWords(snapshot).map((text) => fitText(text, columns)),
    ...(textWidth(whole) > columns ? failed : [whole]).filter(Boolean).map((text) => paint("red", text)),
  ];
  const holdUp = holdUpWords(snapshot);
  const holdUpInOne = holdUp.join(": ");
  const holdUpLines = textWidth(holdUpInOne) > columns ? holdUp : [holdUpInOne].filter(Boolean);
  return [
    ...barLines(snapshot, columns, color),
    ...flowLines(outcomes, columns),
    ...[...holdUpLines, ...doubtWords(snapshot)].map((text) => paint("yellow", fitText(text, columns))),
  ].join("\n");
}

function barLines(snapshot: Snapshot, columns: number, color: boolean): readonly string[] {
  const { done, total } = snapshot.tally;
  const percent = percentWords(snapshot).padStart(PERCENT);
  const share = total === 0 ? 1 : done / total;
  const [tiles = "", ...beside] = statWords(snapshot);
  const tilesWidth = 2 * formatCount(total).length + " of ".length;
  const room = columns - GAP.length - PERCENT - GAP.length - tilesWidth - BESIDE;
  if (room < SHORTEST_BAR) {
    const bar = progressBar(share, Math.min(columns - GAP.length - PERCENT, LONGEST_BAR), color);
    return [bar + GAP + percent, ...flowLines([tiles, ...beside], columns)];
  }
  const width = Math.min(room, LONGEST_BAR);
  const bar = [progressBar(share, width, color), percent, tiles.padStart(tilesWidth)].join(GAP);
  // What is longer than ever expected gives way.
  const [others = ""] = flowLines(
    beside,
    columns - width - GAP.length - PERCENT - GAP.length - tilesWidth - GAP.length,
  );
  return [`${bar}${GAP}${others}`.trimEnd()];
}
