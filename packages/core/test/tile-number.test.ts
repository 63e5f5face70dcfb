import { circle, coverOf, tileNumber, tileOfNumber, toDownloadable } from "@fmtc/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holds } from "./property.ts";

const tile = fc
  .integer({ min: 0, max: 24 })
  .chain((z) => fc.record({ z: fc.constant(z), x: fc.nat(2 ** z - 1), y: fc.nat(2 ** z - 1) }));

describe("tileNumber", () => {
  it("counts the tiles of the world, zoom by zoom and row by row", () => {
    const world = [0, 1, 2].flatMap((z) =>
      Array.from({ length: 4 ** z }, (_, i) => ({ z, x: i % 2 ** z, y: Math.floor(i / 2 ** z) })),
    );
    expect(world.map(tileNumber)).toEqual(world.map((_, i) => i));
  });

  it("follows the order of covers", () => {
    const cover = coverOf(
      toDownloadable(circle({ lat: 51.5, lng: 0 }, 20_000), { minZoom: 0, maxZoom: 13, source: "s" }),
    );
    const numbers = [...cover].map(tileNumber);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it("stays below 2⁴⁹", () => {
    expect(tileNumber({ z: 24, x: 2 ** 24 - 1, y: 2 ** 24 - 1 })).toBeLessThan(2 ** 49);
  });

  it("is undone by tileOfNumber, at both ends of every zoom as well", () => {
    holds(tile, 1_000, (each) => {
      expect(tileOfNumber(tileNumber(each))).toEqual(each);
    });
    for (let z = 0; z <= 24; z++) {
      for (const corner of [0, 2 ** z - 1]) {
        const each = { z, x: corner, y: corner };
        expect(tileOfNumber(tileNumber(each))).toEqual(each);
      }
    }
  });
});
