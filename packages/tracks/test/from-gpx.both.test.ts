import { coverOf, type LineRegion, type Region, RegionError, toDownloadable } from "@fmtc/core";
import { describe, expect, test } from "vitest";
import { fromGpx, TrackError } from "../src/index.ts";
import karwendel from "./fixtures/karwendel.gpx?raw";
import taveuni from "./fixtures/taveuni.gpx?raw";

const options = { radiusMeters: 500 };
const gpx = (inner: string) => `<gpx xmlns="http://www.topografix.com/GPX/1/1">${inner}</gpx>`;
const trkpt = (lat: unknown, lon: unknown) => `<trkpt lat="${lat}" lon="${lon}"/>`;
const track = (...segments: string[]) => `<trk>${segments.map((each) => `<trkseg>${each}</trkseg>`).join("")}</trk>`;
const there = trkpt(47, 11) + trkpt(47.1, 11.2);
const path = [
  { lat: 47, lng: 11 },
  { lat: 47.1, lng: 11.2 },
];
const corridor = { type: "line", path, radiusMeters: 500 };

describe("fromGpx", () => {
  test("a recorded walk: each segment is a line, its waypoint and its heart rates are left out", () => {
    const region = fromGpx(karwendel, options);
    if (region.type !== "multi") throw new Error(`got a ${region.type}`);
    const [up, over] = region.regions as LineRegion[];
    expect(region.regions.map(({ type }) => type)).toEqual(["line", "line"]);
    expect(up?.path).toHaveLength(19);
    expect(over?.path).toHaveLength(13);
    expect(up?.path.at(-1)).toEqual({ lat: 47.429, lng: 11.4215 });
    expect(over?.path[0]).toEqual({ lat: expect.closeTo(47.433, 3), lng: expect.closeTo(11.433, 3) });
    expect(up?.radiusMeters).toBe(500);
  });

  test("a route over the antimeridian stays short", () => {
    const region = fromGpx(taveuni, { radiusMeters: 2_000 });
    expect(region.type).toBe("line");
    const { count } = coverOf(toDownloadable(region, { minZoom: 8, maxZoom: 8, source: "test" }));
    expect(count).toBe(2);
  });

  test.each<[name: string, inner: string, region: unknown]>([
    ["one segment is a line itself", track(there), corridor],
    [
      "tracks and routes together",
      `${track(there)}<rte>${there.replaceAll("trkpt", "rtept")}</rte>`,
      [corridor, corridor],
    ],
    [
      "a gap in the recording is not bridged",
      track(trkpt(1, 1) + trkpt(2, 2), trkpt(3, 3) + trkpt(4, 4)),
      [
        {
          ...corridor,
          path: [
            { lat: 1, lng: 1 },
            { lat: 2, lng: 2 },
          ],
        },
        {
          ...corridor,
          path: [
            { lat: 3, lng: 3 },
            { lat: 4, lng: 4 },
          ],
        },
      ],
    ],
    ["empty segments, tracks and routes are left out", `<trk/><rte/>${track("", there, "")}`, corridor],
    [
      "a segment of one position makes a circle",
      track(trkpt(47, 11)),
      { type: "circle", center: path[0], radiusMeters: 500 },
    ],
    ["points that stand in a track without a segment", `<trk>${there}</trk>${track(there)}`, [corridor, corridor]],
    [
      "waypoints, where there is nothing else",
      '<wpt lat="47" lon="11"/><trk/>',
      { type: "circle", center: path[0], radiusMeters: 500 },
    ],
    ["prefixed elements", `<x:trk><x:trkseg>${there.replaceAll("trkpt", "x:trkpt")}</x:trkseg></x:trk>`, corridor],
    [
      "elements of an extension without its declaration",
      track(`${there}<extensions><z:hr>1</z:hr></extensions>`),
      corridor,
    ],
    ["spaces and signs in numbers", track(trkpt(" 47 ", "+11") + trkpt("4.71e1", "11.2")), corridor],
    [
      "Garmin's shaping points",
      '<rte><rtept lat="47" lon="11"><extensions><gpxx:RoutePointExtension><gpxx:rpt lat="47.1" lon="11.2"/></gpxx:RoutePointExtension></extensions></rtept></rte>',
      corridor,
    ],
  ])("%s", (_, inner, expected) => {
    const region = Array.isArray(expected) ? { type: "multi", regions: expected } : expected;
    expect(fromGpx(gpx(inner), options)).toEqual(region);
  });

  test.each(["", ' xmlns="http://www.topografix.com/GPX/1/0"', ' xmlns="https://example.org/not-gpx"'])(
    "the namespace does not matter:%s",
    (namespace) => {
      expect(fromGpx(`<gpx${namespace}>${track(there)}</gpx>`, options)).toEqual(corridor);
    },
  );

  test("a byte order mark and blank lines before the declaration are skipped", () => {
    expect(fromGpx(`\uFEFF\n<?xml version="1.0"?>\r\n${gpx(track(there))}`, options)).toEqual(corridor);
  });

  test.each<[name: string, lat: unknown, lon: unknown, message: RegExp]>([
    ["91°", 91, 11, /latitude of this trkpt is 91, but latitudes end at ±90/],
    ["NaN", "NaN", 11, /latitude of this trkpt is "NaN", which is no number/],
    ["a decimal comma", "47,5", 11, /"47,5", which is no number/],
    ["nothing", 47, "", /longitude of this trkpt is "", which is no number/],
    ["infinity", 47, "Infinity", /"Infinity", which is no number/],
  ])("a position with %s: the error names the line", (_, lat, lon, message) => {
    const error = errorOf(() =>
      fromGpx(gpx(`\n<trk><trkseg>\n${trkpt(1, 2)}\n${trkpt(lat, lon)}</trkseg></trk>`), options),
    );
    expect(error).toBeInstanceOf(TrackError);
    expect(error).toMatchObject({ code: "TRACK_INVALID", line: 4, message: expect.stringMatching(message) });
    expect(error).toMatchObject({ message: expect.stringMatching(/^line 4: /) });
  });

  test("a missing longitude", () => {
    const error = errorOf(() => fromGpx(gpx('<trk><trkseg><trkpt lat="1"/></trkseg></trk>'), options));
    expect(error).toMatchObject({ message: "line 1: the longitude of this trkpt is missing." });
  });

  test.each<[name: string, radius: unknown]>([
    ["negative", -1],
    ["NaN", Number.NaN],
    ["missing", undefined],
  ])("a radius that is %s is a RegionError", (_, radiusMeters) => {
    const error = errorOf(() => fromGpx(karwendel, { radiusMeters } as { radiusMeters: number }));
    expect(error).toBeInstanceOf(RegionError);
    expect(error).toMatchObject({ field: "radiusMeters" });
  });

  test("a track beyond the map is a TrackError that keeps its cause", () => {
    const error = errorOf(() => fromGpx(gpx(track(trkpt(89, 0) + trkpt(89.5, 0))), options));
    expect(error).toMatchObject({ code: "TRACK_INVALID", message: expect.stringContaining("lies wholly beyond") });
    expect((error as Error).cause).toBeInstanceOf(RegionError);
  });

  test("what it returns is plain data", () => {
    const region: Region = fromGpx(karwendel, options);
    expect(JSON.parse(JSON.stringify(region))).toEqual(region);
    expect(structuredClone(region)).toEqual(region);
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
