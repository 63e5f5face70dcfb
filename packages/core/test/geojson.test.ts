import type * as GeoJSON from "geojson";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  circle,
  coverOf,
  fromGeoJSON,
  type LatLng,
  line,
  multi,
  polygon,
  type Region,
  RegionError,
  rectangle,
  toDownloadable,
  toGeoJSON,
} from "../src/index.ts";

const at = (lat: number, lng: number): LatLng => ({ lat, lng });
const square = [
  [5, 60],
  [6, 60],
  [6, 61],
  [5, 61],
  [5, 60],
];
const hole = [
  [5.2, 60.2],
  [5.2, 60.8],
  [5.8, 60.8],
  [5.2, 60.2],
];
const points = (ring: number[][]) => ring.map(([lng, lat]) => ({ lat, lng }));
const feature = (geometry: unknown, properties: unknown = null) => ({ type: "Feature", properties, geometry });
const collection = (...features: unknown[]) => ({ type: "FeatureCollection", features });
const Square = { type: "Polygon", coordinates: [square, hole] };
const Track = {
  type: "LineString",
  coordinates: [
    [10.98, 47.42, 700],
    [11.12, 47.39],
  ],
};
const track = [at(47.42, 10.98), at(47.39, 11.12)];
const Hut = { type: "Point", coordinates: [11.3, 47.4] };
const hut = at(47.4, 11.3);
const region = { type: "polygon", outer: points(square), holes: [points(hole)] };

describe("fromGeoJSON", () => {
  test.each<[name: string, json: unknown, region: unknown]>([
    ["a Polygon with a hole", Square, region],
    ["a Feature", feature(Square), region],
    ["a FeatureCollection of one", collection(feature(Square)), region],
    ["a MultiPolygon of one", { type: "MultiPolygon", coordinates: [[square, hole]] }, region],
    ["a LineString", Track, line(track, 500)],
    ["a Point", Hut, circle(hut, 500)],
    [
      "a MultiPoint",
      { type: "MultiPoint", coordinates: [Hut.coordinates, [0, 1]] },
      [circle(hut, 500), circle(at(1, 0), 500)],
    ],
    [
      "a MultiLineString",
      {
        type: "MultiLineString",
        coordinates: [
          Track.coordinates,
          [
            [0, 1],
            [2, 3],
          ],
        ],
      },
      [line(track, 500), line([at(1, 0), at(3, 2)], 500)],
    ],
    [
      "a MultiPolygon",
      { type: "MultiPolygon", coordinates: [[square], [hole]] },
      [polygon(points(square) as LatLng[]), polygon(points(hole) as LatLng[])],
    ],
    ["a GeometryCollection", { type: "GeometryCollection", geometries: [Square, Hut] }, [region, circle(hut, 500)]],
    [
      "collections within collections, as one list",
      collection(collection(feature(Square)), { type: "GeometryCollection", geometries: [Hut, Track] }),
      [region, circle(hut, 500), line(track, 500)],
    ],
    ["features without geometry, left out", collection(feature(null), feature(Square), feature(null)), region],
    [
      "empty geometries, left out",
      collection(
        feature({ type: "MultiPolygon", coordinates: [[]] }),
        feature({ type: "LineString", coordinates: [] }),
        Square,
      ),
      region,
    ],
    ["a bare bbox beside the rest", { ...Square, bbox: [5, 60, 6, 61] }, region],
  ])("%s", (_, json, expected) => {
    const regions = Array.isArray(expected) ? { type: "multi", regions: expected } : expected;
    expect(fromGeoJSON(json, { radiusMeters: 500 })).toEqual(regions);
  });

  test("a radius in the properties of a feature serves, one in the options wins, and another thing is no radius", () => {
    expect(fromGeoJSON(feature(Hut, { radiusMeters: 70 }))).toEqual(circle(hut, 70));
    expect(fromGeoJSON(collection(feature(Hut, { radiusMeters: 0 })))).toEqual(circle(hut, 0));
    expect(fromGeoJSON(feature(Hut, { radiusMeters: 70 }), { radiusMeters: 9 })).toEqual(circle(hut, 9));
    expect(() => fromGeoJSON(feature(Hut, { radiusMeters: "70" }))).toThrow(RegionError);
  });

  test("the halves of a polygon that is split at the antimeridian cover what the whole does", () => {
    const half = (west: number, east: number) => [
      [
        [west, -20],
        [east, -20],
        [east, -15],
        [west, -15],
        [west, -20],
      ],
    ];
    const split = fromGeoJSON({ type: "MultiPolygon", coordinates: [half(177, 180), half(-180, -178)] });
    expect(tilesOf(split)).toEqual(tilesOf(rectangle({ north: -15, south: -20, west: 177, east: -178 })));
  });

  const ring = (...positions: unknown[]) => ({ type: "Polygon", coordinates: [square, positions] });
  test.each<[name: string, json: unknown, field: string, advice?: string]>([
    ["null", null, "geojson"],
    ["text: it has to be parsed", "{}", "geojson"],
    ["a number", 4, "geojson"],
    ["an unknown type", { type: "Circle" }, "type"],
    ["a type of every object", { type: "constructor" }, "type"],
    ["TopoJSON", { type: "Topology" }, "type"],
    ["no features", collection(), "geojson"],
    ["only features without geometry", collection(feature(null)), "geojson"],
    ["features that are no list", { type: "FeatureCollection", features: {} }, "features"],
    ["a feature that is null", collection(null), "features[0]"],
    ["a geometry that is missing", collection({ type: "Feature" }), "features[0].geometry"],
    [
      "a geometry of an unknown type",
      collection(feature(Square), feature({ type: "Arc" })),
      "features[1].geometry.type",
    ],
    ["coordinates that are missing", { type: "Polygon" }, "coordinates"],
    [
      "coordinates that are missing within",
      { type: "GeometryCollection", geometries: [{ type: "MultiPoint" }] },
      "geometries[0].coordinates",
    ],
    ["a ring that is no list", { type: "Polygon", coordinates: [5, 60] }, "coordinates[0]"],
    ["a ring of one position", ring([5, 60]), "coordinates[1]"],
    ["a ring of two positions, closed", ring([5, 60], [6, 60], [5, 60]), "coordinates[1]"],
    ["a position that is a number", ring(5, 60, 6), "coordinates[1][0]"],
    ["a position of one number", ring([5, 60], [6]), "coordinates[1][1]"],
    ["a latitude of 91°", ring([5, 60], [6, 60], [6, 91]), "coordinates[1][2][1]"],
    ["a longitude that is NaN", ring([5, 60], [6, 60], [Number.NaN, 61]), "coordinates[1][2][0]"],
    ["a longitude that is text", ring([5, 60], [6, 60], ["6", 61]), "coordinates[1][2][0]"],
    [
      "metres of a projected system",
      feature({
        type: "Polygon",
        coordinates: [
          [
            [612_000, 5_250_000],
            [612_001, 5_250_000],
            [612_001, 5_250_001],
          ],
        ],
      }),
      "geometry.coordinates[0][0][1]",
    ],
    [
      "a polygon beyond the map",
      {
        type: "Polygon",
        coordinates: [
          [
            [0, 86],
            [1, 86],
            [1, 87],
          ],
        ],
      },
      "geojson",
      "lies wholly beyond",
    ],
    [
      "a second polygon that is not valid",
      {
        type: "MultiPolygon",
        coordinates: [
          [square],
          [
            square,
            [
              [1, 2],
              [1, 95],
              [2, 3],
            ],
          ],
        ],
      },
      "coordinates[1][1][1][1]",
    ],
    [
      "a line without a radius",
      collection(feature(Square), feature(Track)),
      "features[1].geometry.coordinates",
      "give { radiusMeters }",
    ],
    [
      "a line of many without a radius",
      { type: "MultiLineString", coordinates: [Track.coordinates] },
      "coordinates[0]",
      "give { radiusMeters }",
    ],
    ["a point without a radius", Hut, "coordinates", "give { radiusMeters }"],
    ["a negative radius in the properties", feature(Hut, { radiusMeters: -1 }), "properties.radiusMeters"],
    [
      "a point's latitude",
      feature({ type: "Point", coordinates: [5, "60"] }, { radiusMeters: 1 }),
      "geometry.coordinates[1]",
    ],
    [
      "a path's longitude",
      feature(
        {
          type: "LineString",
          coordinates: [
            [5, 60],
            [null, 60],
          ],
        },
        { radiusMeters: 1 },
      ),
      "geometry.coordinates[1][0]",
    ],
    ["a point beyond the map", feature({ type: "Point", coordinates: [5, 89] }, { radiusMeters: 1 }), "geojson"],
  ])("%s: a RegionError names the field and says what to do", (_, json, field, advice = "") => {
    const error = errorOf(() => fromGeoJSON(json));
    expect(error).toBeInstanceOf(RegionError);
    expect(error).toMatchObject({ field, message: expect.stringContaining(`${field} `) });
    expect(error).toMatchObject({ message: expect.stringContaining(advice) });
  });

  test("a negative radius in the options is the options' fault", () => {
    expect(errorOf(() => fromGeoJSON(Hut, { radiusMeters: -1 }))).toMatchObject({ field: "radiusMeters", value: -1 });
  });

  test("a collection that contains itself ends in an error", () => {
    const endless = { type: "GeometryCollection", geometries: [] as unknown[] };
    endless.geometries.push(endless);
    expect(errorOf(() => fromGeoJSON(endless))).toBeInstanceOf(RegionError);
  });

  test("it takes the types of @types/geojson", () => {
    expectTypeOf<GeoJSON.GeoJSON>().toExtend<Parameters<typeof fromGeoJSON>[0]>();
  });
});

describe("toGeoJSON", () => {
  const regions: [name: string, region: Region, type: "Polygon" | "MultiPolygon"][] = [
    ["a rectangle", rectangle({ north: 1, south: -1, east: 1, west: -1 }), "Polygon"],
    [
      "a clockwise polygon with a hole",
      polygon(points(square).toReversed() as LatLng[], [points(hole) as LatLng[]]),
      "Polygon",
    ],
    ["a circle", circle(at(51.5, -0.1), 5_000), "Polygon"],
    [
      "a corridor with a hole in the middle",
      line([at(0, 0), at(0, 1), at(1, 1), at(1, 0), at(0, 0)], 9_000),
      "Polygon",
    ],
    ["a circle over the antimeridian", circle(at(-17, 180), 90_000), "MultiPolygon"],
    ["two circles apart", multi([circle(at(0, 0), 1_000), circle(at(1, 0), 1_000)]), "MultiPolygon"],
    ["a circle that contains a pole", circle(at(89, 20), 900_000), "Polygon"],
  ];

  test.each(regions)("%s: rings are closed, outer ones counter-clockwise and holes clockwise", (_, region, type) => {
    const { geometry, ...rest } = toGeoJSON(region);
    expect(rest).toEqual({ type: "Feature", properties: {} });
    expect(geometry.type).toBe(type);
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const [outer = [], ...holes] of polygons) {
      expect(signedArea(outer)).toBeGreaterThan(0);
      for (const ring of holes) expect(signedArea(ring)).toBeLessThan(0);
      for (const ring of [outer, ...holes]) {
        expect(ring.length).toBeGreaterThanOrEqual(4);
        expect(ring.at(-1)).toEqual(ring[0]);
        for (const [lng] of ring) expect(Math.abs(lng)).toBeLessThanOrEqual(180);
      }
    }
  });

  test("a corridor around a square has its middle as a hole", () => {
    const [, corridor] = regions[3] ?? [];
    expect(corridor && toGeoJSON(corridor).geometry.coordinates).toHaveLength(2);
  });

  test("a region without area has no polygon", () => {
    expect(toGeoJSON(circle(at(0, 0), 0)).geometry).toEqual({ type: "MultiPolygon", coordinates: [] });
  });

  test("what is drawn covers nearly the same tiles when it is read again", () => {
    for (const [name, region] of regions) {
      const json: unknown = JSON.parse(JSON.stringify(toGeoJSON(region)));
      const [exact, drawn] = [coverAt9(region), coverAt9(fromGeoJSON(json))];
      const differing = exact.difference(drawn).count + drawn.difference(exact).count;
      expect(differing / exact.count, name).toBeLessThan(0.02);
    }
  });

  test("it fits where types of @types/geojson are wanted", () => {
    expectTypeOf(toGeoJSON).returns.toExtend<GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon>>();
    expectTypeOf(toGeoJSON).returns.toExtend<GeoJSON.GeoJSON>();
  });
});

const coverAt9 = (region: Region) => coverOf(toDownloadable(region, { minZoom: 9, maxZoom: 9, source: "test" }));
const tilesOf = (region: Region) => [...coverAt9(region)];

function signedArea(ring: readonly (readonly [number, number])[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX = 0, nextY = 0] = ring[(i + 1) % ring.length] ?? [];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("coarse data", () => {
  const square = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ];
  const islet = [
    [5, 5],
    [5, 5],
    [5, 5],
  ];

  test("an islet that has collapsed to a point keeps its tile, and a hole that has is none", () => {
    const region = fromGeoJSON({ type: "MultiPolygon", coordinates: [[square, islet], [islet]] });
    expect(region).toMatchObject({
      type: "multi",
      regions: [
        { type: "polygon", holes: [] },
        { type: "line", radiusMeters: 0 },
      ],
    });
    const cover = coverOf(toDownloadable(region, { minZoom: 10, maxZoom: 10, source: "test" }));
    const alone = coverOf(
      toDownloadable(fromGeoJSON({ type: "Polygon", coordinates: [square] }), {
        minZoom: 10,
        maxZoom: 10,
        source: "test",
      }),
    );
    expect(cover.difference(alone).count).toBe(1);
  });

  test("a polygon of its own that has collapsed is refused", () => {
    expect(() => fromGeoJSON({ type: "Polygon", coordinates: [islet] })).toThrow("has 1 different points");
  });
});
