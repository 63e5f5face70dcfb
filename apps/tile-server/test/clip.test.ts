import { describe, expect, it } from "vitest";
import { clipLine, clipRing } from "../src/world/clip.ts";
import { pointsOf, rangeOf, STRIDE } from "../src/world/path.ts";
import { randomFrom, randomLine, randomRing } from "./random-line.ts";

const path = (...points: readonly (readonly [x: number, y: number])[]) =>
  Float64Array.from(points.flatMap(([x, y]) => [x, y, 0]));

/** Whether a point lies in a ring: by an odd number of crossings on the way out. */
function isInside(ring: Float64Array, x: number, y: number): boolean {
  const points = pointsOf(ring);
  return points.slice(1).reduce((inside, [bx = 0, by = 0], i) => {
    const [ax = 0, ay = 0] = points[i] ?? [];
    return ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax) ? !inside : inside;
  }, false);
}

function lengthOf(line: Float64Array): number {
  let length = 0;
  for (let i = STRIDE; i < line.length; i += STRIDE) {
    length += Math.hypot((line[i] ?? 0) - (line[i - STRIDE] ?? 0), (line[i + 1] ?? 0) - (line[i - STRIDE + 1] ?? 0));
  }
  return length;
}

describe("a ring between two bounds", () => {
  it("is closed along them, by points that always stay", () => {
    const square = path([-1, 0], [3, 0], [3, 1], [-1, 1], [-1, 0]);
    expect([...clipRing(square, 0, 0, 2)]).toEqual(
      [
        [0, 0],
        [2, 0],
        [2, 1],
        [0, 1],
        [0, 0],
      ].flatMap(([x, y]) => [x, y, Infinity]),
    );
  });

  it("is nothing when it lies beyond them", () => {
    expect(clipRing(path([3, 0], [4, 0], [4, 1], [3, 0]), 0, 0, 2).length).toBe(0);
  });

  it("holds what the whole ring held, whatever the ring", () => {
    const random = randomFrom(1);
    for (let i = 0; i < 100; i++) {
      const ring = randomRing(random, 30);
      const clipped = clipRing(clipRing(ring, 0, 0.2, 0.8), 1, 0.3, 0.6);
      if (clipped.length > 0) {
        expect(Math.min(...rangeOf(clipped, 0), 0.2)).toBe(0.2);
        expect(Math.max(...rangeOf(clipped, 1), 0.6)).toBe(0.6);
      }
      for (let j = 0; j < 50; j++) {
        const [x, y] = [0.2 + 0.6 * random(), 0.3 + 0.3 * random()];
        expect(isInside(clipped, x, y)).toBe(isInside(ring, x, y));
      }
    }
  });
});

describe("a line between two bounds", () => {
  it("comes apart where it leaves them", () => {
    const parts = clipLine(path([0, 0], [0, 2], [1, 2], [1, 0], [2, 0]), 1, 0, 1);
    expect(parts.map((part) => pointsOf(part))).toEqual([
      [
        [0, 0],
        [0, 1],
      ],
      [
        [1, 1],
        [1, 0],
        [2, 0],
      ],
    ]);
  });

  it("is as long in its parts, inside and outside, as it is, whatever the line", () => {
    const random = randomFrom(2);
    for (let i = 0; i < 100; i++) {
      const line = randomLine(random, 50);
      const parts = [
        [-99, 0.4],
        [0.4, 0.7],
        [0.7, 99],
      ].flatMap(([low = 0, high = 0]) => clipLine(line, 0, low, high));
      expect(parts.reduce((sum, part) => sum + lengthOf(part), 0)).toBeCloseTo(lengthOf(line), 9);
    }
  });
});
