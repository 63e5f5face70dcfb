import { describe, expect, test } from "vitest";
import {
  boundsOf,
  circle,
  coverOf,
  fromGeoJSON,
  outlineOf,
  parseRegion,
  type Region,
  toDownloadable,
} from "../src/index.ts";
import { countryOf } from "./countries.ts";

const tilesOf = (region: Region) => [...coverOf(toDownloadable(region, { minZoom: 0, maxZoom: 6, source: "test" }))];

const shown = circle({ lat: 70, lng: 20 }, 100_000);
const square = [
  { lat: 87, lng: 0 },
  { lat: 87, lng: 90 },
  { lat: 88, lng: 90 },
];
const beyond: Region[] = [
  { type: "rectangle", north: 89, south: 88, east: 10, west: -10 },
  { type: "circle", center: { lat: -88, lng: 100 }, radiusMeters: 1_000 },
  { type: "circle", center: { lat: 87, lng: 100 }, radiusMeters: 0 },
  { type: "line", path: square, radiusMeters: 500 },
  { type: "polygon", outer: square, holes: [] },
];

describe.each(beyond)("a $type beyond the end of the map", (part) => {
  test("is refused alone, and where a multi region has nothing else", () => {
    const nested: Region = { type: "multi", regions: [{ type: "multi", regions: [part] }] };
    expect(() => parseRegion(part)).toThrow("lies wholly beyond ±85.0511287798066°");
    expect(() => parseRegion(nested)).toThrow("regions lies wholly beyond ±85.0511287798066°");
  });

  test("changes nothing beside a part on the map", () => {
    const both = parseRegion({ type: "multi", regions: [part, { type: "multi", regions: [shown, part] }] });
    expect(tilesOf(both)).toEqual(tilesOf(shown));
    expect(outlineOf(both)).toEqual(outlineOf(shown));
    expect(boundsOf(both)).toEqual(boundsOf(shown));
  });
});

test("Antarctica is a region, though its first ring in world-atlas runs along the pole and its coast is the second", () => {
  const antarctica = fromGeoJSON(countryOf("Antarctica"));
  expect(boundsOf(antarctica)).toMatchObject({ south: -85.0511287798066, west: -180 });
  const mainland = { z: 6, x: 47, y: 55 };
  expect(tilesOf(antarctica)).toContainEqual(mainland);
});
