import { coverOf, type Region, RegionError, rectangle, toDownloadable } from "@fmtc/core";
import { describe, expect, test } from "vitest";
import { fromKml, TrackError } from "../src/index.ts";
import karwendel from "./fixtures/karwendel.kml?raw";

const options = { radiusMeters: 500 };
const kml = (inner: string) => `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${inner}</Document></kml>`;
const lineString = (coordinates: string) => `<LineString><coordinates>${coordinates}</coordinates></LineString>`;
const boundary = (side: "outer" | "inner", coordinates: string) =>
  `<${side}BoundaryIs><LinearRing><coordinates>${coordinates}</coordinates></LinearRing></${side}BoundaryIs>`;
const path = [
  { lat: 47, lng: 11 },
  { lat: 47.1, lng: 11.2 },
];
const corridor = { type: "line", path, radiusMeters: 500 };
const box = (west: number, east: number) => `${west},-20 ${east},-20 ${east},-15 ${west},-15 ${west},-20`;

describe("fromKml", () => {
  test("a map of places: lines, tracks and polygons; its point, its view and its overlay are left out", () => {
    const region = fromKml(karwendel, options);
    if (region.type !== "multi") throw new Error(`got a ${region.type}`);
    expect(region.regions.map(({ type }) => type)).toEqual(["line", "line", "polygon"]);
    expect(region.regions[0]).toMatchObject({ path: { length: 19 } });
    expect(region.regions[1]).toMatchObject({ path: { length: 13 } });
    expect(region.regions[2]).toMatchObject({ outer: { length: 5 }, holes: [{ length: 4 }] });
  });

  test.each<[name: string, inner: string, region: unknown]>([
    ["a line", lineString("11,47 11.2,47.1"), corridor],
    ["altitudes, line breaks and tabs", lineString("\n11,47,700\n\t11.2,47.1,0\n"), corridor],
    ["a space after a comma", lineString("11, 47, 0 11.2, 47.1"), corridor],
    [
      "a line of one position makes a circle",
      lineString("11,47"),
      { type: "circle", center: path[0], radiusMeters: 500 },
    ],
    ["empty coordinates are left out", lineString(" ") + lineString("11,47 11.2,47.1"), corridor],
    [
      "a ring that is no polygon's is a line",
      "<LinearRing><coordinates>11,47 11.2,47.1</coordinates></LinearRing>",
      corridor,
    ],
    [
      "a track with missing positions",
      "<gx:Track><gx:coord>11 47 0</gx:coord><gx:coord/><gx:coord> 11.2  47.1 </gx:coord></gx:Track>",
      corridor,
    ],
    [
      "tracks of a MultiTrack",
      `<gx:MultiTrack>${"<gx:Track><gx:coord>11 47</gx:coord><gx:coord>11.2 47.1</gx:coord></gx:Track>".repeat(2)}</gx:MultiTrack>`,
      [corridor, corridor],
    ],
    [
      "points, where there is nothing else",
      "<Point><coordinates>11,47</coordinates></Point>",
      { type: "circle", center: path[0], radiusMeters: 500 },
    ],
    ["prefixed elements", lineString("11,47 11.2,47.1").replaceAll(/<(\/?)/g, "<$1kml:"), corridor],
  ])("%s", (_, inner, expected) => {
    const region = Array.isArray(expected) ? { type: "multi", regions: expected } : expected;
    expect(fromKml(kml(inner), options)).toEqual(region);
  });

  test("a polygon needs no radius, and its hole may stand before its outer ring", () => {
    const inner = boundary("inner", "1,1 2,1 2,2 1,1") + boundary("outer", "0,0 5,0 5,5 0,0");
    expect(fromKml(kml(`<Polygon>${inner}</Polygon>`))).toMatchObject({
      type: "polygon",
      outer: [{ lng: 0 }, { lng: 5 }, { lng: 5, lat: 5 }, { lng: 0 }],
      holes: [[{ lng: 1 }, { lng: 2 }, { lng: 2 }, { lng: 1 }]],
    });
  });

  test("a ring of a polygon is no hole because one before was, and a hole alone draws nothing", () => {
    const first = `<Polygon>${boundary("outer", "0,0 5,0 5,5 0,0")}${boundary("inner", "1,1 2,1 2,2 1,1")}</Polygon>`;
    const bare = "<Polygon><LinearRing><coordinates>7,0 9,0 9,5 7,0</coordinates></LinearRing></Polygon>";
    const hole = `<Polygon>${boundary("inner", "1,1 2,1 2,2 1,1")}</Polygon>`;
    const region = fromKml(kml(`<MultiGeometry>${first}${hole}${bare}</MultiGeometry>`));
    expect(region).toMatchObject({ regions: [{ holes: { length: 1 } }, { holes: { length: 0 } }] });
  });

  test("a second outer ring is a polygon of its own", () => {
    const rings = boundary("outer", "0,0 5,0 5,5 0,0") + boundary("outer", "1,1 2,1 2,2 1,1");
    expect(fromKml(kml(`<Polygon>${rings}</Polygon>`))).toMatchObject({ type: "multi", regions: { length: 2 } });
  });

  test("a line without a radius is a RegionError that says so", () => {
    const error = errorOf(() => fromKml(karwendel));
    expect(error).toBeInstanceOf(RegionError);
    expect(error).toMatchObject({
      field: "radiusMeters",
      message: expect.stringContaining("the KML has a LineString"),
    });
  });

  test("a polygon over the antimeridian takes the short way, and so does its hole on the other side", () => {
    const inner = boundary("outer", box(177, -178)) + boundary("inner", "-179.5,-19 -179,-19 -179,-18 -179.5,-19");
    const region = fromKml(kml(`<Polygon>${inner}</Polygon>`));
    if (region.type !== "polygon") throw new Error(`got a ${region.type}`);
    expect(region.outer.map(({ lng }) => lng)).toEqual([177, 182, 182, 177, 177]);
    expect(region.holes[0]?.map(({ lng }) => lng)).toEqual([180.5, 181, 181, 180.5]);
    const whole = rectangle({ north: -15, south: -20, west: 177, east: -178 });
    expect(tilesOf({ ...region, holes: [] })).toEqual(tilesOf(whole));
  });

  test("a polygon round the whole world stays one, and a ring round a pole stays as it is written", () => {
    const world = fromKml(kml(`<Polygon>${boundary("outer", box(-180, 180))}</Polygon>`));
    expect(tilesOf(world)).toEqual(tilesOf(rectangle({ north: -15, south: -20, west: -180, east: 180 })));
    const pole = fromKml(kml(`<Polygon>${boundary("outer", "0,80 120,80 -120,80 0,80")}</Polygon>`));
    expect(pole).toMatchObject({ outer: [{ lng: 0 }, { lng: 120 }, { lng: -120 }, { lng: 0 }] });
  });

  test.each<[name: string, inner: string, message: RegExp]>([
    ["a latitude of 91°", lineString("1,2\n11,91"), /^line \d: the latitude of position 2 of these coordinates is 91/],
    ["a word", lineString("1,2 11,north"), /position 2 of these coordinates is "north", which is no number/],
    ["a number alone", lineString("1,2 11"), /the latitude of position 2 of these coordinates is missing/],
    ["a track's word", "<Track><coord>11 NaN</coord></Track>", /position 1 of this track is "NaN", which is no number/],
    ["a ring of two positions", `<Polygon>${boundary("outer", "1,2 3,4")}</Polygon>`, /coordinates\[0\] has 2 points/],
    ["a line without positions", lineString(""), /The KML has no line, polygon or point with a position/],
    [
      "only an overlay",
      "<GroundOverlay><LatLonQuad><coordinates>1,1 2,1 2,2 1,2</coordinates></LatLonQuad></GroundOverlay>",
      /no line, polygon or point/,
    ],
  ])("%s: a TrackError says what is wrong", (_, inner, message) => {
    const error = errorOf(() => fromKml(kml(inner), options));
    expect(error).toBeInstanceOf(TrackError);
    expect(error).toMatchObject({ code: "TRACK_INVALID", message: expect.stringMatching(message) });
  });
});

function tilesOf(region: Region): unknown[] {
  return [...coverOf(toDownloadable(region, { minZoom: 7, maxZoom: 7, source: "test" }))];
}

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
