import { expect, test } from "vitest";
import { sqliteBenchmark } from "../bench/sqlite.bench.ts";
import { tileSupply } from "../bench/tile-supply.ts";

const small = sqliteBenchmark({ batches: 2, tiles: 400, reads: 20, bigStore: 1_000 });

test.each(small.cases.map((each) => [each.name, each] as const))(
  "%s: both sides run",
  async (_, { prepare, measures }) => {
    const sides = await prepare({ random: Math.random });
    const results = [await sides.baseline(), await sides.candidate()];
    await sides.cleanUp?.();
    if (measures === undefined) return;
    for (const result of results) expect(result).toBeGreaterThan(0);
  },
);

test("the tiles are of the sizes that the benchmark speaks of, and no two are equal", () => {
  const tiles = tileSupply(Math.random)(5_000);
  const sizes = tiles.map(({ bytes }) => bytes?.length ?? 0);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  expect(mean).toBeGreaterThan(7_000);
  expect(mean).toBeLessThan(9_000);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(512);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(40_000);
  const different = new Set(tiles.map(({ bytes }) => Buffer.from(bytes ?? []).toString("base64")));
  expect(different.size).toBe(tiles.length);
});
