import { againWords, doubtWords, holdUpWords } from "./hold-up-words.ts";
import { failedWords } from "./outcome-words.ts";
import type { Snapshot } from "./snapshot.ts";
import { percentWords, statWords } from "./stat-words.ts";

/** A download as one line of a log. */
export function plainLine(snapshot: Snapshot): string {
  const failed = failedWords(snapshot.progress).join(", ");
  const holdUp = holdUpWords(snapshot).join(": ");
  const words = [percentWords(snapshot), ...statWords(snapshot), ...againWords(snapshot), failed, holdUp];
  return [...words, ...doubtWords(snapshot)].filter(Boolean).join(" · ");
}
