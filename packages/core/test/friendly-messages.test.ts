import { estimateBytes, fromGeoJSON, parseRegion, RegionError } from "@fmtc/core";
import { expect, it } from "vitest";

const ring = [
  { lat: 0, lng: 0 },
  { lat: 1, lng: 0 },
  { lat: 0, lng: 1 },
];

it.each([
  ["{ lat, lon }", { type: "circle", center: { lat: 1, lon: 2 }, radiusMeters: 5 }, /^center has lon, but a point is/],
  ["names in full", { type: "circle", center: { latitude: 1, longitude: 2 }, radiusMeters: 5 }, /has longitude/],
  ["a pair", { type: "circle", center: [1, 2], radiusMeters: 5 }, /Write \{ lat, lng \}, or .*fromGeoJSON/],
  ["Leaflet's lists of rings", { type: "polygon", outer: [ring], holes: [] }, /as Leaflet gives.*outer ring/],
  [
    "a longitude for a latitude",
    { type: "circle", center: { lat: 151, lng: -33 }, radiusMeters: 5 },
    /perhaps a longitude/,
  ],
  ["metres", { type: "circle", center: { lat: 6_711_000, lng: -14_000 }, radiusMeters: 5 }, /EPSG:3857/],
])("guesses what was meant by %s", (_, region, message) => {
  expect(() => parseRegion(region)).toThrow(message);
});

it("guesses that GeoJSON is in metres", () => {
  const coordinates = [
    [
      [0, 0],
      [600_000, 0],
      [0, 600_000],
      [0, 0],
    ],
  ];
  expect(() => fromGeoJSON({ type: "Polygon", coordinates })).toThrow(/coordinates\[0\]\[1\].*EPSG:3857/);
});

it("refuses counts that are none", () => {
  for (const count of [-1, 0.5, Number.NaN]) {
    expect(() => estimateBytes(new Map([[3, count]]), new Map([[3, [100]]]))).toThrow(RegionError);
  }
});
