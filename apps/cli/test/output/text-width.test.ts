import { createLogUpdate } from "log-update";
import { expect, it } from "vitest";
import { fitText, textWidth } from "../../src/output/text-width.ts";
import { atTerminal, fakeTerminal } from "./fake-terminal.ts";

const texts: readonly (readonly [string, number])[] = [
  ["", 0],
  ["hiking", 6],
  ["Zürich", 6],
  ["Zu\u0308rich", 6],
  ["東京", 4],
  ["ハイキング", 10],
  ["ﾊｲｷﾝｸ", 5],
  ["하이킹", 6],
  ["（ＡＢ）", 8],
  ["🗾", 2],
  ["👩‍👩‍👧‍👦 🇨🇭", 5],
  ["❤️", 2],
  ["1️⃣", 2],
  ["▕█▍ ▏", 5],
  ["… · ≈ – é", 9],
  ["a\u200bb\u200d", 2],
  ["\u001b[31mred\u001b[39m", 3],
  ["Ελλάδα Москва עברית", 19],
];

it.each(texts)("%s takes %d columns", (text, width) => {
  expect(textWidth(text)).toBe(width);
});

it.each(texts)("a terminal of that many columns shows %s on one line", (text, width) => {
  const terminal = fakeTerminal({ ...atTerminal, columns: Math.max(1, width) });
  createLogUpdate(terminal, { showCursor: true })(text);
  expect(terminal.written().split("\n")).toHaveLength(2);
});

it.each([
  ["hiking", 6, "hiking"],
  ["hiking", 5, "hiki…"],
  ["hik ing", 5, "hik…"],
  ["東京タワー", 6, "東京…"],
  ["東京タワー", 7, "東京タ…"],
  ["🇨🇭🇨🇭", 3, "🇨🇭…"],
  ["hiking", 1, "…"],
  ["hiking", 0, ""],
])("%s in %d columns", (text, columns, fitting) => {
  expect(fitText(text, columns)).toBe(fitting);
});
