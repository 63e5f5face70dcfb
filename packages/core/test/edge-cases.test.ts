import { describe, expect, test } from "vitest";
import {
  circle,
  coverOf,
  type LatLng,
  line,
  multi,
  polygon,
  type Region,
  rectangle,
  toDownloadable,
} from "../src/index.ts";
import { keysOf } from "./oracle/agreement.ts";
import { LIMIT } from "./oracle/grid.ts";

/** Latitudes of row borders: a quarter, an eighth and three eighths of the way from north to south. */
const QUARTER = 66.51326044311186;
const EIGHTH = 79.17133464081945;
const THREE_EIGHTHS = 40.97989806962013;

const at = (lat: number, lng: number): LatLng => ({ lat, lng });

function cover(region: Region, minZoom: number, maxZoom = minZoom) {
  return coverOf(toDownloadable(region, { minZoom, maxZoom, source: "test" }));
}

/** "x/y" of one zoom, in the cover's order. */
function tiles(region: Region, z: number): string[] {
  return Array.from(cover(region, z), ({ x, y }) => `${x}/${y}`);
}

/** "x/y" of whole rows of columns x0 to x1, both included. */
function rows(y0: number, y1: number, x0: number, x1: number): string[] {
  const list: string[] = [];
  for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) list.push(`${x}/${y}`);
  return list;
}

function box(north: number, south: number, west: number, east: number): LatLng[] {
  return [at(north, west), at(north, east), at(south, east), at(south, west)];
}

function expectSame(actual: Region, expected: Region, maxZoom: number): void {
  const keys = keysOf(cover(expected, 0, maxZoom));
  expect(keys.length).toBeGreaterThan(0);
  expect(keysOf(cover(actual, 0, maxZoom))).toEqual(keys);
}

describe("rectangles", () => {
  test("a bound on a tile border does not pull in the neighbour", () => {
    const one = rectangle({ north: QUARTER, south: 0, west: -90, east: 0 });
    expect(tiles(one, 2)).toEqual(["1/1"]);
    expect(tiles(one, 3)).toEqual(["2/2", "3/2", "2/3", "3/3"]);
    expect(cover(one, 20).count).toBe(4 ** 18);
  });

  test("a bound a hair beyond a tile border does pull it in", () => {
    const HAIR = 1e-9;
    const more = rectangle({ north: QUARTER + HAIR, south: -HAIR, west: -90 - HAIR, east: HAIR });
    expect(tiles(more, 2)).toEqual(rows(0, 2, 0, 2));
  });

  test("west > east crosses the antimeridian", () => {
    const written = { north: 10, south: -10 };
    const expected = ["0/3", "7/3", "0/4", "7/4"];
    expect(tiles(rectangle({ ...written, west: 170, east: -170 }), 3)).toEqual(expected);
    expect(tiles(rectangle({ ...written, west: 170, east: 190 }), 3)).toEqual(expected);
    expect(tiles(rectangle({ ...written, west: -190, east: -170 }), 3)).toEqual(expected);
    expect(tiles(rectangle({ ...written, west: 530, east: -530 }), 3)).toEqual(expected);
  });

  test("a bound on the antimeridian does not pull in the other side", () => {
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: 90, east: 180 }), 2)).toEqual(["3/1"]);
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: -180, east: -90 }), 2)).toEqual(["0/1"]);
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: 180, east: -90 }), 2)).toEqual(["0/1"]);
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: 90, east: -180 }), 2)).toEqual(["3/1"]);
  });

  test("a width of 360° or more is the whole world, once", () => {
    for (const [west, east] of [
      [-180, 180],
      [0, 360],
      [-200, 200],
      [-1000, 1000],
    ] as const) {
      expect(tiles(rectangle({ north: 10, south: 5, west, east }), 3)).toEqual(rows(3, 3, 0, 7));
    }
  });

  test("latitudes beyond the projection are clamped to it", () => {
    expect(tiles(rectangle({ north: 90, south: QUARTER, west: -90, east: 0 }), 2)).toEqual(["1/0"]);
    expect(tiles(rectangle({ north: -QUARTER, south: -90, west: -90, east: 0 }), 2)).toEqual(["1/3"]);
    expect(cover(rectangle({ north: 90, south: -90, west: -180, east: 180 }), 5).count).toBe(4 ** 5);
  });

  test("without height it takes the tiles that contain its points, both ends included", () => {
    const flat = (west: number, east: number) => rectangle({ north: 0, south: 0, west, east });
    expect(tiles(flat(-10, 10), 1)).toEqual(["0/1", "1/1"]);
    expect(tiles(flat(-90, 0), 2)).toEqual(["1/2", "2/2"]);
    expect(tiles(flat(90, 180), 2)).toEqual(["0/2", "3/2"]);
  });

  test("without width it takes the tiles that contain its points, both ends included", () => {
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: 0, east: 0 }), 2)).toEqual(["2/1", "2/2"]);
    expect(tiles(rectangle({ north: 10, south: -10, west: 180, east: -180 }), 3)).toEqual(["0/3", "0/4"]);
    expect(tiles(rectangle({ north: 10, south: -10, west: 180, east: 180 }), 3)).toEqual(["0/3", "0/4"]);
  });

  test("a point on a corner of four tiles is in the south-eastern one", () => {
    const point = rectangle({ north: 0, south: 0, west: 0, east: 0 });
    expect(tiles(point, 1)).toEqual(["1/1"]);
    expect(tiles(point, 24)).toEqual([`${2 ** 23}/${2 ** 23}`]);
  });

  test("the southern clamp belongs to the last row, the northern to the first", () => {
    for (const z of [0, 1, 5, 24]) {
      expect(tiles(rectangle({ north: -LIMIT, south: -LIMIT, west: 0, east: 0 }), z)).toEqual([
        `${Math.floor(2 ** z / 2)}/${2 ** z - 1}`,
      ]);
      expect(tiles(rectangle({ north: LIMIT, south: LIMIT, west: 0, east: 0 }), z)).toEqual([
        `${Math.floor(2 ** z / 2)}/0`,
      ]);
    }
  });

  test("z24 reaches the last column, beyond what 1 << z and packed ids hold", () => {
    const corner = rectangle({ north: 1e-7, south: -1e-7, west: 179.9999999, east: 180 });
    expect(tiles(corner, 24)).toEqual([`${2 ** 24 - 1}/${2 ** 23 - 1}`, `${2 ** 24 - 1}/${2 ** 23}`]);
    expect(cover(corner, 20, 24).count).toBe(10);
  });
});

describe("circles", () => {
  test("over a pole it takes whole rows", () => {
    // 1,000 km are 8.993°: down to 81.007°, which is in row 0 of z3 and row 1 of z4.
    for (const [lat, last] of [
      [90, 0],
      [-90, 1],
    ] as const) {
      const cap = circle(at(lat, 0), 1_000_000);
      expect(tiles(cap, 3)).toEqual(rows(last * 7, last * 7, 0, 7));
      expect(tiles(cap, 4)).toEqual(rows(last * 14, last * 14 + 1, 0, 15));
    }
  });

  test("near a pole it keeps its true centre, beyond the map", () => {
    // 600 km are 5.396°. The map's border at Δλ is acos(sin 89° sin 85.05° + cos 89° cos 85.05° cos Δλ) away:
    // 5.05° at 90°, 5.70° at 135°.
    expect(tiles(circle(at(89, 0), 600_000), 3)).toEqual(rows(0, 0, 1, 6));
    expect(tiles(circle(at(-89, 0), 600_000), 3)).toEqual(rows(7, 7, 1, 6));
    expect(tiles(circle(at(89, 180), 600_000), 3)).toEqual(["0/0", "1/0", "2/0", "5/0", "6/0", "7/0"]);
  });

  test("that holds a pole off its centre takes that pole's rows whole, and no more of the others than it reaches", () => {
    // 2,000 km are 17.986°: from (80°, 0°) over the pole down to 82.014° at 180°, and to 62.014° at 0°.
    const cap = circle(at(80, 0), 2_000_000);
    expect(tiles(cap, 4).slice(0, 16)).toEqual(rows(0, 0, 0, 15));
    const far = cover(rectangle({ north: LIMIT, south: 62.1, west: 179.9, east: -179.9 }), 8);
    const reached = cover(cap, 8).intersection(far);
    // 82.014° is at y = (0.5 − asinh(tan 82.014°) / 2π)·2^8 = 19.5.
    expect(Array.from(reached, ({ x, y }) => `${x}/${y}`)).toEqual(
      Array.from({ length: 20 }, (_, y) => [`0/${y}`, `255/${y}`]).flat(),
    );
  });

  test("crosses the antimeridian, from either side of it", () => {
    const expected = ["0/3", "7/3", "0/4", "7/4"];
    for (const lng of [180, -180, 179, -179, 181, 539]) {
      expect(tiles(circle(at(0, lng), 200_000), 3)).toEqual(expected);
    }
  });

  test("is widest nearer to the pole than its centre", () => {
    // 2,000 km around (60°, 0°): asin(sin δ / cos 60°) = 38.1° wide at 65.6°, 36.4° at 60°. Column 77 of z7 starts at 36.56°.
    const some = cover(circle(at(60, 0), 2_000_000), 7);
    expect(some.has({ z: 7, x: 77, y: 32 })).toBe(true);
    expect(some.has({ z: 7, x: 76, y: 38 })).toBe(true);
    expect(some.has({ z: 7, x: 77, y: 38 })).toBe(false);
    expect(some.has({ z: 7, x: 78, y: 32 })).toBe(false);
  });

  test("of a metre on a corner of four tiles takes all four", () => {
    const half = 2 ** 23;
    expect(tiles(circle(at(0, 0), 1), 1)).toEqual(rows(0, 1, 0, 1));
    expect(tiles(circle(at(0, 0), 1), 24)).toEqual(rows(half - 1, half, half - 1, half));
  });

  test("of no radius takes the tile that contains its centre", () => {
    expect(tiles(circle(at(0, 0), 0), 1)).toEqual(["1/1"]);
    expect(tiles(circle(at(0, 180), 0), 2)).toEqual(["0/2"]);
    expect(tiles(circle(at(EIGHTH, -45), 0), 3)).toEqual(["3/1"]);
    expect(tiles(circle(at(-LIMIT, 0), 0), 3)).toEqual(["4/7"]);
  });

  test("as large as the world takes it all, and one that misses the antipode by a kilometre too", () => {
    const half = Math.PI * 6_371_008.8;
    for (const radius of [half, half + 1, half - 1_000, 1e12]) {
      expect(cover(circle(at(10, 20), radius), 5).count).toBe(4 ** 5);
    }
  });

  test("more than half the world leaves a hole around the antipode", () => {
    const half = Math.PI * 6_371_008.8;
    const some = cover(circle(at(0, 0), half - 500_000), 8);
    const rest = cover(rectangle({ north: 90, south: -90, west: -180, east: 180 }), 8).difference(some);
    // What is left are the tiles wholly within 500 km (4.497°) of (0°, 180°): columns of 1.406°.
    const beside = Array.from(rest, ({ x }) => x).filter((x) => x < 128);
    expect(Math.max(...beside)).toBe(2);
    expect(rest.count).toBe(4 * beside.filter((_, i) => i < rest.count / 4).length);
    expect(rest.has({ z: 8, x: 0, y: 127 })).toBe(true);
    expect(rest.has({ z: 8, x: 0, y: 130 })).toBe(true);
    expect(rest.has({ z: 8, x: 0, y: 131 })).toBe(false);
  });
});

describe("lines", () => {
  test("take the short way round", () => {
    expect(tiles(line([at(0, 170), at(0, -170)], 0), 3)).toEqual(["0/4", "7/4"]);
    expect(tiles(line([at(0, -170), at(0, 170)], 0), 3)).toEqual(["0/4", "7/4"]);
  });

  test("go on over ±180°", () => {
    expect(tiles(line([at(0, 170), at(0, 190)], 0), 3)).toEqual(["0/4", "7/4"]);
    expect(tiles(line([at(0, 100), at(0, 190), at(0, 280)], 0), 3)).toEqual(["0/4", "1/4", "2/4", "6/4", "7/4"]);
  });

  test("of exactly half the world go the way they are written", () => {
    expect(tiles(line([at(0, 0), at(0, 180)], 0), 2)).toEqual(["0/2", "2/2", "3/2"]);
    expect(tiles(line([at(0, 0), at(0, -180)], 0), 2)).toEqual(["0/2", "1/2", "2/2"]);
  });

  test("a segment's way does not depend on the points before it", () => {
    const way = line([at(0, 225), at(0, 45)], 0);
    expect(tiles(way, 3)).toEqual(["0/4", "1/4", "5/4", "6/4", "7/4"]);
    expect(tiles(line([at(0, 180), at(0, 225), at(0, 45)], 0), 3)).toEqual(tiles(way, 3));
    expect(tiles(line([at(0, -180), at(0, 225), at(0, 45)], 0), 3)).toEqual(tiles(way, 3));
  });

  test("are straight on the map, not great circles", () => {
    // Along the parallel of 60°, row 4 of z4; the great circle would climb to 74°.
    expect(tiles(line([at(60, -60), at(60, 60)], 0), 4)).toEqual(rows(4, 4, 5, 10));
  });

  test("of one point, or one point again and again, are circles", () => {
    const around = circle(at(47.3, 8.5), 20_000);
    expectSame(line([at(47.3, 8.5)], 20_000), around, 12);
    expectSame(line([at(47.3, 8.5), at(47.3, 8.5), at(47.3, 8.5)], 20_000), around, 12);
    expectSame(line([at(47.3, 8.5), at(47.3, 368.5)], 20_000), around, 12);
  });

  test("a duplicate point in the path changes nothing", () => {
    const path = [at(10, 10), at(12, 14), at(9, 20)];
    expectSame(
      line(
        path.flatMap((point) => [point, point]),
        30_000,
      ),
      line(path, 30_000),
      9,
    );
  });

  test("have round ends", () => {
    // 100 km are 0.8993°. Beyond the eastern end at (0°, 0°) of a line from the west, tiles of z9 (0.703°) of the
    // equator are reached at 0.703°, those whose nearest corner is (0.703°, 0.703°), 0.994° away, are not.
    const some = cover(line([at(0, -20), at(0, 0)], 100_000), 9);
    expect(some.has({ z: 9, x: 257, y: 256 })).toBe(true);
    expect(some.has({ z: 9, x: 256, y: 257 })).toBe(true);
    expect(some.has({ z: 9, x: 257, y: 257 })).toBe(false);
    expect(some.has({ z: 9, x: 257, y: 254 })).toBe(false);
    expect(some.has({ z: 9, x: 255, y: 257 })).toBe(true);
  });

  test("keep their width in metres at every latitude", () => {
    // 100 km are 0.8993°.
    const some = cover(line([at(60, 0), at(60, 30)], 100_000), 10);
    const ys = Array.from(some, ({ y }) => y);
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([rowOf(60.89932, 10), rowOf(59.10068, 10)]);
  });

  test("of no radius take the tiles they pass through, corners by the half-open rule", () => {
    const falling = line([at(QUARTER, -90), at(-QUARTER, 90)], 0);
    const rising = line([at(-QUARTER, -90), at(QUARTER, 90)], 0);
    expect(tiles(falling, 1)).toEqual(["0/0", "1/1"]);
    expect(tiles(rising, 1)).toEqual(["1/0", "0/1", "1/1"]);
    expect(tiles(falling, 2)).toEqual(["1/1", "2/2", "3/3"]);
    expect(tiles(rising, 2)).toEqual(["3/1", "2/1", "1/2", "2/2", "1/3"].sort(byRow));
  });

  test("on a tile border belong to the east and south of it", () => {
    expect(tiles(line([at(10, 0), at(-10, 0)], 0), 1)).toEqual(["1/0", "1/1"]);
    expect(tiles(line([at(0, -10), at(0, 10)], 0), 1)).toEqual(["0/1", "1/1"]);
  });

  test("beyond the map are clamped to it", () => {
    expect(tiles(line([at(80, 0), at(89, 0)], 0), 4)).toEqual(["8/0", "8/1"]);
    expect(tiles(line([at(86, 0), at(86, 20)], 200_000), 2)).toEqual(["1/0", "2/0"]);
    expect(tiles(line([at(89, 10), at(-89, 10)], 0), 1)).toEqual(["1/0", "1/1"]);
  });

  test("with a radius larger than the pole's distance reach over the pole", () => {
    // From the map's northern border at 0°, the pole is 550.3 km away, and the border at 180° 1,100.6 km.
    const near = line([at(LIMIT, -1), at(LIMIT, 1)], 1_050_000);
    const over = line([at(LIMIT, -1), at(LIMIT, 1)], 1_110_000);
    expect(tiles(near, 5).filter((key) => key.endsWith("/0")).length).toBeLessThan(32);
    expect(tiles(over, 5).filter((key) => key.endsWith("/0"))).toEqual(rows(0, 0, 0, 31));
  });
});

describe("polygons", () => {
  const ring = [at(40, -10), at(55, 5), at(42, 20), at(30, 4)];

  test("either winding, closed or not", () => {
    const expected = polygon(ring);
    expectSame(polygon(ring.toReversed()), expected, 8);
    expectSame(polygon([...ring, at(40, -10)]), expected, 8);
    expectSame(polygon([...ring.slice(2), ...ring.slice(0, 2)]), expected, 8);
  });

  test("an edge on a tile border does not pull in the neighbour", () => {
    expect(tiles(polygon(box(QUARTER, 0, -90, 0)), 2)).toEqual(["1/1"]);
    expect(tiles(polygon(box(QUARTER, 0, 90, 180)), 2)).toEqual(["3/1"]);
  });

  test("a slanting edge through a tile's corner does not pull that tile in", () => {
    // The hypotenuse runs from (90°, a quarter) to (−90°, three quarters) through the middle of the world.
    const triangle = polygon([at(QUARTER, -90), at(QUARTER, 90), at(-QUARTER, -90)]);
    expect(tiles(triangle, 2)).toEqual(["1/1", "2/1", "1/2"]);
    expect(tiles(triangle, 3)).toEqual([
      ...rows(2, 2, 2, 5),
      ...rows(3, 3, 2, 4),
      ...rows(4, 4, 2, 3),
      ...rows(5, 5, 2, 2),
    ]);
  });

  test("a bow tie is its two triangles", () => {
    const bow = polygon([at(QUARTER, -90), at(-QUARTER, 90), at(QUARTER, 90), at(-QUARTER, -90)]);
    expect(tiles(bow, 3)).toEqual(["2/2", "5/2", ...rows(3, 4, 2, 5), "2/5", "5/5"]);
  });

  test("the middle of a pentagram is outside", () => {
    const points = [0, 2, 4, 1, 3].map((k) =>
      at(30 * Math.cos((k * 2 * Math.PI) / 5), 30 * Math.sin((k * 2 * Math.PI) / 5)),
    );
    const star = cover(polygon(points), 6);
    expect(star.has({ z: 6, x: 32, y: 32 })).toBe(false);
    expect(star.has({ z: 6, x: 32, y: 27 })).toBe(true);
  });

  test("a hole the size of a tile leaves it out, and its parent in", () => {
    const holed = polygon(box(QUARTER, -QUARTER, -90, 90), [box(THREE_EIGHTHS, 0, -45, 0)]);
    expect(tiles(holed, 3)).toEqual(rows(2, 5, 2, 5).filter((key) => key !== "3/3"));
    expect(tiles(holed, 2)).toEqual(rows(1, 2, 1, 2));
  });

  test("a hole's winding does not matter", () => {
    const hole = box(THREE_EIGHTHS, 0, -45, 0);
    const outer = box(QUARTER, -QUARTER, -90, 90);
    expectSame(polygon(outer, [hole.toReversed()]), polygon(outer, [hole]), 6);
  });

  test("a hole on the outer ring's edge cuts it", () => {
    const notched = polygon(box(QUARTER, -QUARTER, -90, 90), [box(QUARTER, 0, -45, 45)]);
    expect(tiles(notched, 3)).toEqual(["2/2", "5/2", "2/3", "5/3", ...rows(4, 5, 2, 5)]);
  });

  test("a hole across the outer ring's edge is inside where that is outside: even-odd", () => {
    const crossed = polygon(box(QUARTER, 0, -90, 0), [box(QUARTER, 0, -45, 45)]);
    expect(tiles(crossed, 3)).toEqual(["2/2", "4/2", "2/3", "4/3"]);
  });

  test("two holes that overlap are inside where they do: even-odd", () => {
    const holes = [box(QUARTER, 0, -90, 45), box(QUARTER, 0, -45, 90)];
    expect(tiles(polygon(box(QUARTER, -QUARTER, -90, 90), holes), 3)).toEqual([
      ...rows(2, 3, 3, 4),
      ...rows(4, 5, 2, 5),
    ]);
  });

  test("a keyhole is a hole", () => {
    const [nw = at(0, 0), ...others] = box(QUARTER, -QUARTER, -90, 90);
    const hole = box(THREE_EIGHTHS, 0, -45, 0);
    const keyhole = polygon([nw, ...others, nw, ...hole, ...hole.slice(0, 1)]);
    expectSame(keyhole, polygon([nw, ...others], [hole]), 6);
  });

  test("rings of no area count as their segments", () => {
    expect(tiles(polygon([at(0, -50), at(0, 10), at(0, 50)]), 3)).toEqual(rows(4, 4, 2, 5));
    expect(tiles(polygon([at(0, 10), at(0, -45), at(0, 45)]), 3)).toEqual(rows(4, 4, 3, 5));
    expect(tiles(polygon([at(QUARTER, -90), at(0, 0), at(-QUARTER, 90)]), 2)).toEqual(["1/1", "2/2", "3/3"]);
  });

  test("a ring walked twice, or filled by its own hole, has no area: its segments count", () => {
    const twice = box(QUARTER, -QUARTER, -90, 90);
    // Closed edges on the borders of tiles: the squares that contain their points reach one to the east and south.
    const frame = rows(2, 6, 2, 6).filter((key) => !rows(3, 5, 3, 5).includes(key));
    expect(tiles(polygon([...twice, ...twice]), 3)).toEqual(frame);
    expect(tiles(polygon(twice, [twice]), 3)).toEqual(frame);
  });

  test("a spike without area selects nothing", () => {
    const square = box(THREE_EIGHTHS, 0, -45, 0);
    const spiked = polygon([...square.slice(0, 2), at(70, 80), ...square.slice(1)]);
    expect(tiles(spiked, 3)).toEqual(["3/3"]);
    expectSame(spiked, polygon(square), 8);
  });

  test("a spike without area across the polygon selects nothing", () => {
    const upright = polygon(box(-QUARTER, -78.63000556774837, -517.5, -405));
    const [nw = at(0, 0), ne = at(0, 0), se = at(0, 0), sw = at(0, 0)] = upright.outer;
    const spiked = polygon([nw, ne, se, at(-QUARTER, -562.5), se, sw]);
    expectSame(spiked, upright, 6);
  });

  test("duplicate points change nothing", () => {
    expectSame(polygon(ring.flatMap((point) => [point, point, point])), polygon(ring), 8);
  });

  test("an island smaller than a tile is one tile at every zoom", () => {
    const island = polygon([at(51.50001, -0.12001), at(51.50002, -0.12), at(51.5, -0.12)]);
    const some = cover(island, 0, 16);
    expect([...some.countByZoom.values()]).toEqual(Array.from({ length: 17 }, () => 1));
    // x = (0.5 − 0.12 / 360)·2^16, y by 0.5 − asinh(tan 51.5°) / 2π.
    expect(some.at(16)).toEqual({ z: 16, x: 32746, y: rowOf(51.50001, 16) });
  });

  test("edges are taken literally: 190° crosses the antimeridian, −170° goes the long way", () => {
    expect(tiles(polygon(box(10, -10, 170, 190)), 3)).toEqual(["0/3", "7/3", "0/4", "7/4"]);
    expect(tiles(polygon(box(10, -10, 170, -170)), 3)).toEqual(rows(3, 4, 0, 7));
    expect(tiles(polygon(box(10, -10, 100, -100)), 3)).toEqual(rows(3, 4, 1, 6));
  });

  test("wider than the world lies on itself, and never takes itself away", () => {
    expect(tiles(polygon(box(10, -10, -300, 300)), 3)).toEqual(rows(3, 4, 0, 7));
    expect(tiles(polygon(box(10, -10, -180, 180)), 3)).toEqual(rows(3, 4, 0, 7));
    expect(tiles(polygon(box(10, -10, -360, 360)), 3)).toEqual(rows(3, 4, 0, 7));
  });

  test("latitudes beyond the projection are clamped to it, point by point", () => {
    expectSame(polygon([at(89, 10), at(60, 40), at(60, -20)]), polygon([at(LIMIT, 10), at(60, 40), at(60, -20)]), 8);
    expect(tiles(polygon(box(90, QUARTER, -90, 0)), 2)).toEqual(["1/0"]);
    expect(tiles(polygon(box(-QUARTER, -90, -90, 0)), 2)).toEqual(["1/3"]);
  });
});

describe("multis", () => {
  test("take what their parts share once", () => {
    const left = rectangle({ north: QUARTER, south: 0, west: -90, east: 0 });
    const right = rectangle({ north: QUARTER, south: 0, west: -45, east: 45 });
    expect(tiles(multi([left, right]), 3)).toEqual(rows(2, 3, 2, 4));
    expect(tiles(multi([right, left, right]), 3)).toEqual(rows(2, 3, 2, 4));
  });

  test("may be nested, and mix shapes on both sides of the antimeridian", () => {
    const nested = multi([
      multi([multi([circle(at(0, 180), 200_000)])]),
      line([at(0, 170), at(0, 179)], 0),
      polygon(box(10, 5, 130, 140)),
    ]);
    expect(tiles(nested, 3)).toEqual(["0/3", "6/3", "7/3", "0/4", "7/4"]);
  });

  test("of polygons that share an edge take each tile once and leave no gap", () => {
    const halves = multi([polygon(box(50, 40, 0, 10.123)), polygon(box(50, 40, 10.123, 20))]);
    expectSame(halves, polygon(box(50, 40, 0, 20)), 10);
  });
});

function rowOf(lat: number, z: number): number {
  return Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z);
}

function byRow(a: string, b: string): number {
  const [ax = 0, ay = 0] = a.split("/").map(Number);
  const [bx = 0, by = 0] = b.split("/").map(Number);
  return ay - by || ax - bx;
}
