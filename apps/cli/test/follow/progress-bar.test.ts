import { expect, it } from "vitest";
import { progressBar } from "../../src/follow/progress-bar.ts";
import { textWidth } from "../../src/output/text-width.ts";

it.each([
  [0, "▕    ▏"],
  [1 / 32, "▕▏   ▏"],
  [0.1, "▕▍   ▏"],
  [0.25, "▕█   ▏"],
  [0.5, "▕██  ▏"],
  [0.99, "▕███▉▏"],
  [1, "▕████▏"],
  [1.5, "▕████▏"],
  [-1, "▕    ▏"],
])("is filled to an eighth of a column: %d", (share, bar) => {
  expect(progressBar(share, 6, false)).toBe(bar);
});

it("is as wide as it is told, whatever it shows", () => {
  for (let i = 0; i <= 1_000; i++) {
    expect(textWidth(progressBar(i / 1_000, 37, i % 2 === 0))).toBe(37);
  }
});
