import { describe, expect, it } from "vitest";
import { type Path, pointsOf, STRIDE } from "../src/world/path.ts";
import { rankPoints } from "../src/world/rank-points.ts";
import { EXTENT } from "../src/world/slice.ts";
import { loadWorld } from "../src/world/world.ts";
import { randomFrom, randomLine } from "./random-line.ts";

/** The indices of the points that a tolerance leaves. */
function kept(path: Path, tolerance: number): number[] {
  return pointsOf(path).flatMap((_, i) => ((path[STRIDE * i + 2] ?? 0) > tolerance ** 2 ? [i] : []));
}

function distance([x = 0, y = 0]: number[], [ax = 0, ay = 0]: number[], [bx = 0, by = 0]: number[]): number {
  const square = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = square === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square;
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

describe("the rank of points", () => {
  it("leaves a line within the tolerance of what it was, with fewer points the greater that is", () => {
    const random = randomFrom(3);
    for (let run = 0; run < 50; run++) {
      const path = rankPoints(randomLine(random, 200));
      const points = pointsOf(path);
      let before = Infinity;
      for (const tolerance of [0.01, 0.05, 0.2]) {
        const left = kept(path, tolerance);
        expect([left[0], left.at(-1)]).toEqual([0, 199]);
        expect(left.length).toBeLessThanOrEqual(before);
        before = left.length;
        for (let k = 1; k < left.length; k++) {
          const [from, to] = [left[k - 1] ?? 0, left[k] ?? 0];
          for (let i = from; i <= to; i++) {
            expect(distance(points[i] ?? [], points[from] ?? [], points[to] ?? [])).toBeLessThanOrEqual(tolerance);
          }
        }
      }
      expect(before).toBeLessThan(199);
    }
  });

  it("is nothing on a straight line, but for its ends", () => {
    const straight = rankPoints(Float64Array.from([0, 0, 9, 1, 1, 9, 2, 2, 9, 3, 3, 9]));
    expect([...straight].filter((_, i) => i % STRIDE === 2)).toEqual([Infinity, 0, 0, Infinity]);
  });
});

it("countries and the lines between them leave out the same points, so that no sea shines through", () => {
  const { features } = loadWorld().geometryOf({ z: 4, x: 8, y: 5 });
  const keysOf = (layer: string) =>
    features
      .filter(({ tags }) => tags.layer === layer)
      .map(({ paths }) => paths.flatMap(pointsOf).filter(isInTile).map(String));
  const countries = keysOf("countries").map((keys) => new Set(keys));
  const onBorders = keysOf("borders").flat();
  expect(onBorders.length).toBeGreaterThan(500);
  const ownersOf = (key: string) => countries.filter((keys) => keys.has(key)).length;
  expect(onBorders.filter((key) => ownersOf(key) < 2)).toEqual([]);
});

/** Where a path is cut off, rounding may differ by its direction. */
function isInTile(point: readonly number[]): boolean {
  return point.every((unit) => unit > 0 && unit < EXTENT);
}
