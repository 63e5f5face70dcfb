import { expect, it } from "vitest";
import { drawAhead } from "../src/raster/draw-ahead.ts";

it("draws the first zooms as PNG and WebP, and nothing after it was ended", async () => {
  const drawn: string[] = [];
  const draw = (
    { z, x, y }: { z: number; x: number; y: number },
    { format, version }: { format: string; version: number },
  ) => {
    drawn.push(`${z}/${x}/${y}.${format} ${version}`);
    return Buffer.alloc(0);
  };
  await drawAhead(draw, 3, new AbortController().signal);
  expect(new Set(drawn).size).toBe(2 * (1 + 4 + 16 + 64));
  expect(drawn).toEqual(expect.arrayContaining(["0/0/0.png 3", "1/1/1.webp 3", "3/7/0.png 3"]));

  const ending = new AbortController();
  const before = drawn.length;
  await drawAhead(
    (tile, style) => {
      ending.abort();
      return draw(tile, style);
    },
    1,
    ending.signal,
  );
  expect(drawn.length).toBe(before + 1);
});

it("lets requests come in between", async () => {
  let turns = 0;
  let most = 0;
  const counting = setInterval(() => turns++, 0);
  await drawAhead(
    () => {
      // As long as a tile takes.
      for (const until = performance.now() + 2; performance.now() < until; );
      most = Math.max(most, turns);
      return Buffer.alloc(0);
    },
    1,
    new AbortController().signal,
  );
  clearInterval(counting);
  expect(most).toBeGreaterThan(20);
});
