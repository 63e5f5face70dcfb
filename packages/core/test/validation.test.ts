import { describe, expect, test } from "vitest";
import {
  circle,
  coverOf,
  type DownloadableOptions,
  FmtcError,
  type LatLng,
  line,
  multi,
  parseDownloadable,
  parseRegion,
  polygon,
  type Region,
  RegionError,
  rectangle,
  toDownloadable,
} from "../src/index.ts";
import { keysOf } from "./oracle/agreement.ts";
import { LIMIT } from "./oracle/grid.ts";

const at = (lat: number, lng: number): LatLng => ({ lat, lng });
const bounds = { north: 1, south: -1, east: 1, west: -1 };
const triangle = [at(0, 0), at(1, 0), at(0, 1)];
const beyond = [at(86, 0), at(87, 0), at(86, 1)];

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

function expectRegionError(act: () => unknown, field: string, value?: unknown): void {
  const error = errorOf(act);
  if (!RegionError.isInstance(error)) throw new Error(`expected a RegionError for ${field}, but got ${error}`);
  expect(error).toBeInstanceOf(Error);
  expect(FmtcError.isInstance(error)).toBe(true);
  expect({ code: error.code, field: error.field }).toEqual({ code: "REGION_INVALID", field });
  if (value !== undefined) expect(error.value).toEqual(value);
  // The message names the field: a reader of a log has nothing else.
  expect(error.message).toContain(field);
}

/** Foreign JSON, as it comes: every region is also read by parseRegion. */
const invalid: [name: string, json: unknown, field: string, value?: unknown][] = [
  ["no object", null, "region"],
  ["text", "rectangle", "region", "rectangle"],
  ["a number", 4, "region", 4],
  ["no type", {}, "type"],
  ["a type that does not exist", { type: "hexagon" }, "type", "hexagon"],
  ["a type of every object", { type: "constructor" }, "type", "constructor"],

  ["a north that is NaN", { type: "rectangle", ...bounds, north: Number.NaN }, "north", Number.NaN],
  ["a south that is infinite", { type: "rectangle", ...bounds, south: -Infinity }, "south", -Infinity],
  ["an east that is text", { type: "rectangle", ...bounds, east: "1" }, "east", "1"],
  ["a west that is null", { type: "rectangle", ...bounds, west: null }, "west"],
  ["a west that is missing", { type: "rectangle", north: 1, south: -1, east: 1 }, "west"],
  ["a north beyond 90°", { type: "rectangle", ...bounds, north: 90.001 }, "north", 90.001],
  ["a south beyond −90°", { type: "rectangle", ...bounds, south: -91 }, "south", -91],
  ["an east more than ten times around the world", { type: "rectangle", ...bounds, east: 3_600.1 }, "east", 3_600.1],
  ["a north south of south", { type: "rectangle", ...bounds, north: -2 }, "north", -2],
  ["a rectangle north of the map", { type: "rectangle", ...bounds, north: 88, south: 86 }, "south", 86],
  ["a rectangle south of the map", { type: "rectangle", ...bounds, north: -86, south: -88 }, "north", -86],
  ["a rectangle that ends where the map begins", { type: "rectangle", ...bounds, north: 90, south: LIMIT }, "south"],
  ["a flat rectangle north of the map", { type: "rectangle", ...bounds, north: 86, south: 86 }, "south", 86],

  ["no centre", { type: "circle", radiusMeters: 1 }, "center"],
  ["a centre that is a pair", { type: "circle", center: [1, 2], radiusMeters: 1 }, "center"],
  ["a centre at 91°", { type: "circle", center: at(91, 0), radiusMeters: 1 }, "center.lat", 91],
  ["a centre at NaN", { type: "circle", center: at(0, Number.NaN), radiusMeters: 1 }, "center.lng", Number.NaN],
  ["a centre at infinity", { type: "circle", center: at(0, Infinity), radiusMeters: 1 }, "center.lng", Infinity],
  ["a centre at 1e300", { type: "circle", center: at(0, -1e300), radiusMeters: 1 }, "center.lng", -1e300],
  ["no radius", { type: "circle", center: at(0, 0) }, "radiusMeters"],
  ["a negative radius", { type: "circle", center: at(0, 0), radiusMeters: -1 }, "radiusMeters", -1],
  ["an infinite radius", { type: "circle", center: at(0, 0), radiusMeters: Infinity }, "radiusMeters", Infinity],
  [
    "a circle at the pole that does not reach the map",
    { type: "circle", center: at(90, 0), radiusMeters: 5.5e5 },
    "center",
  ],
  ["a point beyond the map", { type: "circle", center: at(-86, 0), radiusMeters: 0 }, "center"],

  ["no path", { type: "line", radiusMeters: 1 }, "path"],
  ["an empty path", { type: "line", path: [], radiusMeters: 1 }, "path"],
  ["a path that is text", { type: "line", path: "0,0", radiusMeters: 1 }, "path"],
  ["a path with a hole", { type: "line", path: [at(0, 0), null], radiusMeters: 1 }, "path[1]"],
  ["a path through 91°", { type: "line", path: [at(0, 0), at(0, 1), at(91, 0)], radiusMeters: 1 }, "path[2].lat", 91],
  ["a path through NaN", { type: "line", path: [at(0, Number.NaN)], radiusMeters: 1 }, "path[0].lng", Number.NaN],
  ["a negative radius of a line", { type: "line", path: [at(0, 0)], radiusMeters: -0.1 }, "radiusMeters", -0.1],
  ["a path beyond the map", { type: "line", path: [at(86, 0), at(88, 1)], radiusMeters: 0 }, "path"],
  ["a path too far beyond the map", { type: "line", path: [at(86, 0), at(88, 1)], radiusMeters: 100_000 }, "path"],

  ["no outer ring", { type: "polygon", holes: [] }, "outer"],
  ["an empty ring", { type: "polygon", outer: [], holes: [] }, "outer"],
  ["a ring of two points", { type: "polygon", outer: [at(0, 0), at(1, 1)], holes: [] }, "outer"],
  ["a closed ring of two points", { type: "polygon", outer: [at(0, 0), at(1, 1), at(0, 0)], holes: [] }, "outer"],
  ["a ring of one point", { type: "polygon", outer: [at(0, 0), at(0, 0), at(0, 0)], holes: [] }, "outer"],
  ["a ring through −91°", { type: "polygon", outer: [at(0, 0), at(-91, 0), at(0, 1)], holes: [] }, "outer[1].lat", -91],
  ["holes that are no list", { type: "polygon", outer: triangle, holes: 1 }, "holes"],
  ["a hole of two points", { type: "polygon", outer: triangle, holes: [triangle, [at(0, 0), at(1, 1)]] }, "holes[1]"],
  [
    "a hole through NaN",
    { type: "polygon", outer: triangle, holes: [[at(0, 0), at(1, Number.NaN), at(0, 1)]] },
    "holes[0][1].lng",
  ],
  ["a polygon north of the map", { type: "polygon", outer: beyond, holes: [] }, "outer"],
  [
    "a polygon that ends where the map begins",
    { type: "polygon", outer: [...beyond, at(LIMIT, 0)], holes: [] },
    "outer",
  ],

  ["no regions", { type: "multi" }, "regions"],
  ["an empty multi", { type: "multi", regions: [] }, "regions"],
  [
    "a part that is no region",
    { type: "multi", regions: [{ type: "multi", regions: [7] }] },
    "regions[0].regions[0]",
    7,
  ],
  [
    "a mistake deep within",
    {
      type: "multi",
      regions: [
        circle(at(0, 0), 1),
        { type: "multi", regions: [{ type: "circle", center: at(0, 0), radiusMeters: -1 }] },
      ],
    },
    "regions[1].regions[0].radiusMeters",
    -1,
  ],
];

describe("parseRegion refuses", () => {
  test.each(invalid)("%s", (_, json, field, value) => {
    expectRegionError(() => parseRegion(json), field, value);
  });

  test.each(invalid.filter(([, json]) => json !== null && typeof json === "object"))(
    "%s, when it is a downloadable's region",
    (_, json, field, value) => {
      const downloadable = { region: json, minZoom: 0, maxZoom: 1, source: "test" };
      expectRegionError(() => parseDownloadable(downloadable), `region.${field}`, value);
    },
  );
});

test("parseRegion refuses multis that are nested without end", () => {
  const circular: { type: string; regions: unknown[] } = { type: "multi", regions: [] };
  circular.regions.push(circular);
  let deep: unknown = circle(at(0, 0), 1);
  for (let i = 0; i < 50_000; i++) deep = { type: "multi", regions: [deep] };
  for (const json of [circular, deep]) {
    const error = errorOf(() => parseRegion(json));
    expect(RegionError.isInstance(error) && error.field.startsWith("regions[0].regions[0]")).toBe(true);
  }
});

describe("constructors refuse", () => {
  test.each<[name: string, act: () => Region, field: string]>([
    ["a rectangle's NaN", () => rectangle({ ...bounds, west: Number.NaN }), "west"],
    ["a rectangle upside down", () => rectangle({ ...bounds, south: 2 }), "north"],
    ["a circle's latitude", () => circle(at(-90.5, 0), 1), "center.lat"],
    ["a circle's radius", () => circle(at(0, 0), Number.NaN), "radiusMeters"],
    ["a line of no points", () => line([], 1), "path"],
    ["a line's radius", () => line([at(0, 0)], -1), "radiusMeters"],
    ["a polygon's ring", () => polygon(triangle.slice(1)), "outer"],
    ["a polygon's hole", () => polygon(triangle, [triangle, []]), "holes[1]"],
    ["a multi of nothing", () => multi([]), "regions"],
    [
      "a multi's part",
      () => multi([{ type: "circle", center: at(0, 0), radiusMeters: -1 }]),
      "regions[0].radiusMeters",
    ],
  ])("%s", (_, act, field) => {
    expectRegionError(act, field);
  });
});

describe("toDownloadable refuses", () => {
  const good: DownloadableOptions = { minZoom: 2, maxZoom: 4, source: "test" };

  test.each<[name: string, options: object, field: string]>([
    ["a minZoom above the maxZoom", { minZoom: 5 }, "minZoom"],
    ["a negative zoom", { minZoom: -1 }, "minZoom"],
    ["a zoom of 25", { maxZoom: 25 }, "maxZoom"],
    ["half a zoom", { minZoom: 2.5 }, "minZoom"],
    ["a zoom that is NaN", { maxZoom: Number.NaN }, "maxZoom"],
    ["a zoom that is text", { maxZoom: "4" }, "maxZoom"],
    ["a zoom that is missing", { minZoom: undefined }, "minZoom"],
    ["a zoom below the source's", { source: { id: "topo", minZoom: 3 } }, "minZoom"],
    ["a zoom above the source's", { source: { id: "topo", maxZoom: 3 } }, "maxZoom"],
    ["a source without a name", { source: "" }, "source"],
    ["no source", { source: undefined }, "source"],
    ["a source whose id is a number", { source: { id: 4 } }, "source"],
    ["a start of 0: positions count from 1", { start: 0 }, "start"],
    ["a negative start", { start: -1 }, "start"],
    ["half a start", { start: 1.5 }, "start"],
    ["an infinite start", { start: Infinity }, "start"],
    ["an end of 0", { end: 0 }, "end"],
    ["an end that is NaN", { end: Number.NaN }, "end"],
    ["a start after the end", { start: 5, end: 4 }, "start"],
  ])("%s", (_, options, field) => {
    expectRegionError(() => toDownloadable(rectangle(bounds), Object.assign({ ...good }, options)), field);
    if (!("source" in options)) {
      const json = { region: rectangle(bounds), ...good, ...options };
      expectRegionError(() => parseDownloadable(json), field);
    }
  });

  test("a region made by hand that is not one", () => {
    const region: Region = { type: "circle", center: at(0, 0), radiusMeters: -4 };
    expectRegionError(() => toDownloadable(region, good), "region.radiusMeters", -4);
  });

  test("what is no downloadable at all", () => {
    for (const json of [null, 4, "region"])
      expect(RegionError.isInstance(errorOf(() => parseDownloadable(json)))).toBe(true);
  });
});

test("slice refuses what is no position", () => {
  const some = coverOf(toDownloadable(rectangle(bounds), { minZoom: 0, maxZoom: 3, source: "test" }));
  expectRegionError(() => some.slice(0, 1), "start", 0);
  expectRegionError(() => some.slice(1.5, 3), "start", 1.5);
  expectRegionError(() => some.slice(1, Number.NaN), "end");
});

describe("on the border of the valid", () => {
  test.each<[name: string, act: () => Region]>([
    ["poles", () => rectangle({ ...bounds, north: 90, south: -90 })],
    ["longitudes ten times around the world", () => rectangle({ ...bounds, east: 3_600, west: -3_600 })],
    ["west > east", () => rectangle({ ...bounds, west: 170, east: -170 })],
    ["a point", () => rectangle({ north: 1, south: 1, east: 1, west: 1 })],
    ["a flat rectangle on the map's border", () => rectangle({ ...bounds, north: LIMIT, south: LIMIT })],
    ["a radius of 0", () => circle(at(1, 1), 0)],
    ["a point on the map's border", () => circle(at(-LIMIT, 1), 0)],
    ["a radius beyond the antipode", () => circle(at(1, 1), 1e9)],
    ["a circle at the pole that just reaches the map", () => circle(at(90, 0), 5.6e5)],
    ["a line of one point", () => line([at(1, 1)], 0)],
    ["a line beyond the map that reaches it", () => line([at(86, 0), at(88, 1)], 200_000)],
    ["a line along the map's border", () => line([at(LIMIT, 0), at(LIMIT, 9)], 0)],
    ["a line from beyond the map to beyond it", () => line([at(86, 0), at(-86, 0)], 0)],
    ["a closed triangle", () => polygon([...triangle, at(0, 0)])],
    ["a ring without area", () => polygon([at(0, 0), at(0, 1), at(0, 2)])],
    ["a ring around the map", () => polygon([at(87, 0), at(87, 9), at(-87, 0)])],
    ["no holes", () => polygon(triangle, [])],
    ["a multi of a multi", () => multi([multi([circle(at(0, 0), 1)])])],
  ])("%s is accepted, and selects something", (_, act) => {
    const cover = coverOf(toDownloadable(act(), { minZoom: 0, maxZoom: 3, source: "test" }));
    expect(cover.count).toBeGreaterThan(0);
  });

  test("zooms 0 and 24, a source's own zooms, and ends beyond the cover", () => {
    const source = { id: "topo", minZoom: 0, maxZoom: 24 };
    const all = toDownloadable(rectangle(bounds), { minZoom: 0, maxZoom: 24, source });
    expect(all).toEqual({ region: rectangle(bounds), minZoom: 0, maxZoom: 24, source: "topo" });
    const late = toDownloadable(rectangle(bounds), { minZoom: 0, maxZoom: 0, source, start: 10, end: 20 });
    expect(late).toEqual({ region: rectangle(bounds), minZoom: 0, maxZoom: 0, source: "topo", start: 10, end: 20 });
    expect(coverOf(late).count).toBe(0);
  });
});

describe("regions are plain data", () => {
  const plain: Region[] = [
    rectangle({ ...bounds, west: 170, east: -170 }),
    circle(at(51.5074, -0.1278), 5_000),
    line([at(0, 170), at(3, -170), at(2, 190)], 2_500.5),
    polygon([...triangle, at(0, 0)], [[at(0.1, 0.1), at(0.2, 0.1), at(0.1, 0.2)]]),
    multi([multi([circle(at(0, 0), 0)]), rectangle(bounds)]),
  ];

  test.each(plain)("a $type survives JSON, structured cloning and parsing unchanged", (region) => {
    const options = { minZoom: 0, maxZoom: 7, source: "test", start: 2, end: 100 };
    const downloadable = toDownloadable(region, options);
    const keys = keysOf(coverOf(downloadable));
    expect(downloadable.region).toEqual(region);
    for (const copyOf of [(it: unknown): unknown => JSON.parse(JSON.stringify(it)), structuredClone]) {
      expect(copyOf(region)).toStrictEqual(region);
      expect(parseRegion(copyOf(region))).toStrictEqual(region);
      const copy = parseDownloadable(copyOf(downloadable));
      expect(copy).toStrictEqual(downloadable);
      expect(keysOf(coverOf(copy))).toEqual(keys);
    }
  });

  /** As Leaflet's and MapLibre's: a class with more than a point needs. */
  class MapPoint {
    readonly alt = 12;
    readonly #lat: number;
    readonly lng: number;

    constructor(lat: number, lng: number) {
      this.#lat = lat;
      this.lng = lng;
    }

    get lat(): number {
      return this.#lat;
    }

    toString(): string {
      return `LatLng(${this.lat}, ${this.lng})`;
    }
  }

  test("points of map libraries become plain points", () => {
    const p = [new MapPoint(0, 0), new MapPoint(1, 0), new MapPoint(0, 1)] as const;
    expect(circle(p[1], 5)).toStrictEqual(circle(at(1, 0), 5));
    expect(line(p, 5)).toStrictEqual(line(triangle, 5));
    expect(polygon(p, [p])).toStrictEqual(polygon(triangle, [triangle]));
    for (const point of polygon(p).outer) {
      expect(Object.getPrototypeOf(point)).toBe(Object.prototype);
      expect(Object.keys(point)).toEqual(["lat", "lng"]);
    }
  });

  test("bounds of map libraries become plain rectangles", () => {
    class Bounds {
      get north() {
        return 1;
      }
      get south() {
        return -1;
      }
      get east() {
        return 1;
      }
      get west() {
        return -1;
      }
    }
    expect(rectangle(new Bounds())).toStrictEqual(rectangle(bounds));
  });

  test("unknown properties of foreign JSON are left out", () => {
    const json = { type: "circle", center: { lat: 1, lng: 2, alt: 3 }, radiusMeters: 4, color: "red" };
    expect(parseRegion(json)).toStrictEqual(circle(at(1, 2), 4));
  });

  test("a polygon without holes in foreign JSON has none", () => {
    expect(parseRegion({ type: "polygon", outer: triangle })).toStrictEqual(polygon(triangle));
  });

  test("changing what a region was made from does not change it", () => {
    const path = [
      { lat: 1, lng: 1 },
      { lat: 2, lng: 2 },
    ];
    const region = line(path, 5);
    path.push({ lat: 3, lng: 3 });
    for (const point of path) point.lat = 50;
    expect(region.path).toEqual([at(1, 1), at(2, 2)]);
  });
});

test("errors are told apart across two copies of the package", () => {
  const error = errorOf(() => circle(at(91, 0), 1));
  expect(RegionError.isInstance(error) && FmtcError.isInstance(error)).toBe(true);
  for (const other of [new Error("no"), new RangeError("no"), { code: "REGION_INVALID" }, null, "no"]) {
    expect(RegionError.isInstance(other)).toBe(false);
    expect(FmtcError.isInstance(other)).toBe(false);
  }
});
