import { expect, test } from "vitest";
import { circle, coverOf, estimateBytes, RegionError, toDownloadable } from "../src/index.ts";

const counts = new Map([
  [10, 100],
  [11, 400],
  [12, 1_600],
]);
const factorOf = ({ low, high }: { low: number; high: number }) => high / low;

test("the likely size is the sum of the zooms, each its tiles times their mean", () => {
  const sizes = new Map([
    [10, [20_000, 40_000]],
    [11, [10_000]],
    [12, [5_000, 6_000, 7_000]],
  ]);
  const { low, likely, high } = estimateBytes(counts, sizes);
  expect(likely).toBe(100 * 30_000 + 400 * 10_000 + 1_600 * 6_000);
  expect(low).toBeLessThan(likely);
  expect(high).toBeGreaterThan(likely);
});

test("one sample gives a wide range, and says that it is one", () => {
  const estimate = estimateBytes(new Map([[12, 1_000]]), new Map([[12, [10_000]]]));
  expect(estimate.likely).toBe(10_000_000);
  expect(factorOf(estimate)).toBeGreaterThan(10);
  expect(estimate.low).toBeGreaterThan(0);
  expect(estimate.assumption).toMatch(/^The 1 tile sampled stands for all of their zoom/);
});

test("more samples of the same kind make the range narrower", () => {
  const kinds = [2_000, 9_000, 30_000];
  const factors = [1, 2, 5, 20, 100].map((times) => {
    const sizes = Array.from({ length: times }, () => kinds).flat();
    return factorOf(estimateBytes(new Map([[14, 1e6]]), new Map([[14, sizes]])));
  });
  expect(factors).toEqual([...factors].sort((a, b) => b - a));
  expect(factors.at(-1)).toBeLessThan(1.3);
});

test("a zoom of which every tile is sampled has no doubt left", () => {
  const { low, likely, high } = estimateBytes(new Map([[3, 3]]), new Map([[3, [1_000, 20_000, 5_000]]]));
  expect([low, likely, high]).toEqual([26_000, 26_000, 26_000]);
});

test("zooms without samples take those of the nearest zoom, and the range grows with the distance", () => {
  const near = estimateBytes(new Map([[13, 1_000]]), new Map([[12, [7_000, 8_000]]]));
  const far = estimateBytes(new Map([[16, 1_000]]), new Map([[12, [7_000, 8_000]]]));
  const own = estimateBytes(new Map([[12, 1_000]]), new Map([[12, [7_000, 8_000]]]));
  expect([near.likely, far.likely, own.likely]).toEqual([7_500_000, 7_500_000, 7_500_000]);
  expect(factorOf(near)).toBeGreaterThan(factorOf(own));
  expect(factorOf(far)).toBeGreaterThan(factorOf(near));
  expect(far.assumption).toContain("16 like 12");
});

test("of two zooms as near as each other, the lower one is taken, in whatever order they come", () => {
  const sizes: [number, number[]][] = [
    [12, [500]],
    [10, [100]],
  ];
  expect(estimateBytes(new Map([[11, 10]]), new Map(sizes)).likely).toBe(1_000);
  expect(estimateBytes(new Map([[11, 10]]), new Map(sizes.toReversed())).likely).toBe(1_000);
});

test("zooms that share a sample share its error: two halves are as uncertain as the whole", () => {
  const sizes = new Map([[12, [1_000, 3_000]]]);
  const whole = estimateBytes(new Map([[12, 2e9]]), sizes);
  const shared = estimateBytes(
    new Map([
      [12, 1e9],
      [13, 1e9],
    ]),
    sizes,
  );
  expect(shared.likely).toBe(whole.likely);
  expect(factorOf(shared)).toBeGreaterThanOrEqual(factorOf(whole));
});

test("the same input gives the same estimate, also after structured cloning", () => {
  const cover = coverOf(toDownloadable(circle({ lat: 47, lng: 11 }, 5_000), { minZoom: 8, maxZoom: 14, source: "s" }));
  const sizes = new Map([[12, [18_204, 9_310]]]);
  const estimate = estimateBytes(cover.countByZoom, sizes);
  expect(estimateBytes(structuredClone(cover.countByZoom), structuredClone(sizes))).toEqual(estimate);
  expect(structuredClone(estimate)).toEqual(estimate);
});

test("no tiles weigh nothing, and empty tiles neither", () => {
  expect(estimateBytes(new Map([[3, 0]]), new Map())).toMatchObject({ low: 0, likely: 0, high: 0 });
  expect(estimateBytes(new Map([[3, 9]]), new Map([[3, [0, 0]]]))).toMatchObject({ low: 0, likely: 0, high: 0 });
});

test("9 of 10 ranges or more hold the truth, for sizes as skewed as those of map tiles", () => {
  const random = lcg(11);
  let held = 0;
  for (let round = 0; round < 400; round++) {
    // Log-normal with σ = 0.9: many tiles of one colour, few full of streets.
    const sizes = Array.from({ length: 2_000 }, () => 6_000 * Math.exp(0.9 * normal(random)));
    const truth = sizes.reduce((sum, size) => sum + size, 0);
    const { low, high } = estimateBytes(new Map([[14, 2_000]]), new Map([[14, sizes.slice(0, 3 + (round % 20))]]));
    if (low <= truth && truth <= high) held++;
  }
  expect(held / 400).toBeGreaterThan(0.9);
  expect(held / 400).toBeLessThan(0.99);
});

test.each<[name: string, sizes: Map<number, number[]>, field: string]>([
  ["no samples", new Map(), "sizesByZoom"],
  ["a zoom with an empty list alone", new Map([[12, []]]), "sizesByZoom"],
  ["a size that is NaN", new Map([[12, [1, Number.NaN]]]), "sizesByZoom[12][1]"],
  ["a negative size", new Map([[12, [-1]]]), "sizesByZoom[12][0]"],
])("%s: a RegionError names the field", (_, sizes, field) => {
  let error: unknown;
  try {
    estimateBytes(counts, sizes);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(RegionError);
  expect(error).toMatchObject({ field, message: expect.stringContaining(field) });
});

/** Numbers from 0 to 1 without a pattern, the same in each run. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}
