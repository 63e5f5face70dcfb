import { expect, test } from "vitest";
import { line } from "../../src/index.ts";
import { at, cover } from "./tiles.ts";

test("a long track at a deep zoom has the tiles of its halves together", () => {
  const path = Array.from({ length: 3_001 }, (_, i) => at(47 + i * 1e-4, 11 + Math.sin(i / 50) * 0.01));
  const halves = [path.slice(0, 1_501), path.slice(1_500)].map((half) => cover(line(half, 5_000), 20));
  const whole = cover(line(path, 5_000), 20);
  const together = halves.reduce((all, half) => all.union(half));
  expect(whole.count).toBe(together.count);
  expect(whole.difference(together).count).toBe(0);
});
