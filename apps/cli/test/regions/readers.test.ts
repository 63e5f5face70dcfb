import { describe, expect, it } from "vitest";
import { readBbox } from "../../src/regions/read-bbox.ts";
import { readCircle } from "../../src/regions/read-circle.ts";
import { readDistance } from "../../src/regions/read-distance.ts";
import { readZooms } from "../../src/regions/read-zooms.ts";
import { UsageError } from "../../src/usage-error.ts";

const WANTS_BBOX = "but must be W,S,E,N in degrees, such as -0.5,51.2,0.3,51.7.";
const WANTS_CIRCLE = "but must be LAT,LON,RADIUS, such as 51.5074,-0.1278,5km, without spaces or in quotes.";

describe("--bbox", () => {
  it("is a rectangle in GeoJSON's order", () => {
    expect(readBbox("-0.5,51.2,0.3,51.7")).toEqual({
      type: "rectangle",
      west: -0.5,
      south: 51.2,
      east: 0.3,
      north: 51.7,
    });
    expect(readBbox("170, -20, -170, -10")).toMatchObject({ west: 170, east: -170 });
  });

  it.each([
    ["", `--bbox is "", ${WANTS_BBOX}`],
    ["1,2,3", `--bbox is "1,2,3", ${WANTS_BBOX}`],
    ["1,2,3,4,5", `--bbox is "1,2,3,4,5", ${WANTS_BBOX}`],
    ["1,2,,4", `--bbox is "1,2,,4", ${WANTS_BBOX}`],
    ["1;2;3;4", `--bbox is "1;2;3;4", ${WANTS_BBOX}`],
    ["--zooms", `--bbox is "--zooms", ${WANTS_BBOX}`],
    ["0x1,2,3,4", `--bbox is "0x1,2,3,4", ${WANTS_BBOX}`],
    ["NaN,2,3,4", `--bbox is "NaN,2,3,4", ${WANTS_BBOX}`],
    ["1,52,3,51", '--bbox is "1,52,3,51": north is 51, but must not be less than south, which is 52.'],
    ["1,2,3,95", '--bbox is "1,2,3,95": north is 95, but latitudes end at ±90. Is it perhaps a longitude?'],
    [
      "1,86,3,87",
      '--bbox is "1,86,3,87": south lies wholly beyond ±85.0511287798066°, where the map (Web Mercator) ends.',
    ],
  ])("refuses %j", (value, message) => {
    expect(() => readBbox(value)).toThrow(new UsageError(message));
  });
});

describe("--circle", () => {
  it("is a circle, its radius in metres or kilometres", () => {
    const center = { lat: 51.5074, lng: -0.1278 };
    expect(readCircle("51.5074,-0.1278,5km")).toEqual({ type: "circle", center, radiusMeters: 5_000 });
    expect(readCircle("51.5074, -0.1278, 500 m")).toEqual({ type: "circle", center, radiusMeters: 500 });
  });

  it.each([
    ["51.5,-0.1", `--circle is "51.5,-0.1", ${WANTS_CIRCLE}`],
    [
      "51.5,-0.1,5mi",
      '--circle is "51.5,-0.1,5mi": its radius is "5mi", but must be a distance in metres or kilometres, such as 500m or 5km.',
    ],
    [
      "51.5,-0.1,-5km",
      '--circle is "51.5,-0.1,-5km": its radius is "-5km", but must be a distance in metres or kilometres, such as 500m or 5km.',
    ],
    ["51.5,-0.1E,5km", '--circle is "51.5,-0.1E,5km": its longitude is "-0.1E", but must be degrees, such as -0.1278.'],
    ["51.5,", `--circle is "51.5,", ${WANTS_CIRCLE}`],
    ["51,5,-0,1,5km", `--circle is "51,5,-0,1,5km", ${WANTS_CIRCLE}`],
    ["51.5N,0.1W,5km", '--circle is "51.5N,0.1W,5km": its latitude is "51.5N", but must be degrees, such as 51.5074.'],
    [
      "151.5,0,5km",
      '--circle is "151.5,0,5km": center.lat is 151.5, but latitudes end at ±90. Is it perhaps a longitude?',
    ],
  ])("refuses %j", (value, message) => {
    expect(() => readCircle(value)).toThrow(new UsageError(message));
  });
});

describe("a distance", () => {
  it.each([
    ["500", 500],
    ["500m", 500],
    ["0", 0],
    ["1.5km", 1_500],
    [" 2 KM ", 2_000],
    [".5km", 500],
  ])("%j is %d metres", (value, metres) => {
    expect(readDistance(value)).toBe(metres);
  });

  it.each(["", "km", "5 miles", "-1", "1e3", "1,5km", "5kmkm", "5mm", "Infinity"])("%j is none", (value) => {
    expect(readDistance(value)).toBeUndefined();
  });
});

describe("--zooms", () => {
  it("is a zoom or two", () => {
    expect(readZooms("12")).toEqual({ minZoom: 12, maxZoom: 12 });
    expect(readZooms("8-14")).toEqual({ minZoom: 8, maxZoom: 14 });
    expect(readZooms("0 - 24")).toEqual({ minZoom: 0, maxZoom: 24 });
  });

  it.each([
    ["", '--zooms is "", but must be a zoom or two, such as 12 or 8-14.'],
    ["8..14", '--zooms is "8..14", but must be a zoom or two, such as 12 or 8-14.'],
    ["-3", '--zooms is "-3", but must be a zoom or two, such as 12 or 8-14.'],
    ["8-", '--zooms is "8-", but must be a zoom or two, such as 12 or 8-14.'],
    ["8.5", '--zooms is "8.5", but must be a zoom or two, such as 12 or 8-14.'],
    ["8-25", '--zooms is "8-25", but zooms end at 24.'],
    ["14-8", '--zooms is "14-8", but must begin with the lesser one: 8-14.'],
  ])("refuses %j", (value, message) => {
    expect(() => readZooms(value)).toThrow(new UsageError(message));
  });
});
