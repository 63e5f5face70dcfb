import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { LineRegion, MultiRegion } from "@fmtc/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textReader } from "../../src/files/text-reader.ts";
import { regionOf } from "../../src/regions/region-of.ts";
import type { RegionOptions } from "../../src/regions/region-options.ts";
import { UsageError } from "../../src/usage-error.ts";

const NONE: RegionOptions = { bbox: [], circle: [], line: [], radius: [], polygon: [], region: [], zooms: "8-14" };

const GPX =
  '<?xml version="1.0"?><gpx><trk><trkseg><trkpt lat="47" lon="11"/><trkpt lat="47.1" lon="11.1"/></trkseg></trk></gpx>';
const KML = "<kml><Placemark><LineString><coordinates>11,47 11.1,47.1</coordinates></LineString></Placemark></kml>";
const KML_SHAPE =
  "<kml><Polygon><outerBoundaryIs><LinearRing><coordinates>11,47 12,47 12,48 11,47</coordinates></LinearRing></outerBoundaryIs></Polygon></kml>";
const LINE = JSON.stringify({
  type: "LineString",
  coordinates: [
    [11, 47],
    [11.1, 47.1],
  ],
});
const SHAPE = JSON.stringify({
  type: "Polygon",
  coordinates: [
    [
      [11, 47],
      [12, 47],
      [12, 48],
      [11, 47],
    ],
  ],
});
const CIRCLE = { type: "circle", center: { lat: 47, lng: 11 }, radiusMeters: 100 };
const path = [
  { lat: 47, lng: 11 },
  { lat: 47.1, lng: 11.1 },
];

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  "walk.gpx": GPX,
  "walk.kml": KML,
  "park.kml": KML_SHAPE,
  "walk.json": LINE,
  "park.json": SHAPE,
  "marked.json": `\uFEFF${SHAPE}`,
  "utf16.gpx": Buffer.from(`\uFEFF${GPX}`, "utf16le"),
  "latin.gpx": Buffer.from(
    GPX.replace("?>", ' encoding="ISO-8859-1"?>').replace("<trk>", "<name>Höhe</name><trk>"),
    "latin1",
  ),
  "region.json": JSON.stringify(CIRCLE),
  "topo.json": JSON.stringify({ region: CIRCLE, minZoom: 3, maxZoom: 5, source: "topo", start: 2 }),
  "deep.json": JSON.stringify({ region: CIRCLE, minZoom: 10, maxZoom: 12 }),
  "empty.gpx": "",
  "blank.gpx": "  \n",
  "cut.gpx": GPX.slice(0, 90),
  "cut.json": SHAPE.slice(0, 40),
  "wrong.json": '{"type": nonsense}',
  "binary.gpx": new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0xff]),
  "walk.kmz": new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]),
  "page.gpx": "<!DOCTYPE html><html><body>Log in</body></html>",
  "words.txt": "up the hill and down again",
  "bad.json": JSON.stringify({
    type: "Polygon",
    coordinates: [
      [
        [11, 95],
        [12, 47],
        [12, 48],
      ],
    ],
  }),
  "badregion.json": JSON.stringify({ type: "circle", center: { lat: 47, lng: 11 } }),
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fmtc-regions-"));
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true }));

const read = (options: Partial<RegionOptions>, stdin = "") => {
  const inFolder = (files: readonly string[] = []) => files.map((file) => (file === "-" ? file : join(folder, file)));
  const { line, polygon, region } = options;
  const files = { line: inFolder(line), polygon: inFolder(polygon), region: inFolder(region) };
  return regionOf({ ...NONE, ...options, ...files }, textReader(Readable.from([Buffer.from(stdin)])));
};

describe("the region of a command's options", () => {
  it.each(["walk.gpx", "walk.kml", "walk.json", "utf16.gpx", "latin.gpx"])("has a corridor from %s", async (file) => {
    expect(await read({ line: [file], radius: ["1km"] })).toMatchObject({
      region: { type: "line", path, radiusMeters: 1_000 },
      minZoom: 8,
      maxZoom: 14,
    });
  });

  it.each(["park.kml", "park.json", "marked.json"])("has a shape from %s", async (file) => {
    expect((await read({ polygon: [file] })).region).toMatchObject({ type: "polygon", outer: { length: 4 } });
  });

  it("reads standard input", async () => {
    expect((await read({ line: ["-"], radius: ["500"] }, GPX)).region).toMatchObject({ type: "line", path });
  });

  it("makes one of several, whatever they are", async () => {
    const all = await read({
      bbox: ["1,2,3,4", "5,6,7,8"],
      circle: ["47,11,1km"],
      polygon: ["park.json"],
      region: ["region.json"],
    });
    const { regions } = all.region as MultiRegion;
    expect(regions.map(({ type }) => type)).toEqual(["rectangle", "rectangle", "circle", "polygon", "circle"]);
  });

  it("gives each line its radius, or all of them the only one", async () => {
    const radii = async (radius: string[]) => {
      const { region } = await read({ line: ["walk.gpx", "walk.kml"], radius });
      return (region as MultiRegion).regions.map((each) => (each as LineRegion).radiusMeters);
    };
    expect(await radii(["500"])).toEqual([500, 500]);
    expect(await radii(["500", "2km"])).toEqual([500, 2_000]);
  });

  it("takes zooms, source and part from a downloadable region, and zooms rather from --zooms", async () => {
    const zooms = undefined;
    expect(await read({ region: ["topo.json"], zooms })).toMatchObject({
      minZoom: 3,
      maxZoom: 5,
      source: "topo",
      start: 2,
    });
    expect(await read({ region: ["topo.json"], zooms: "4" })).toMatchObject({ minZoom: 4, maxZoom: 4 });
    expect(await read({ region: ["deep.json"], zooms })).toMatchObject({ minZoom: 10, source: undefined });
  });

  it.each<[string, Partial<RegionOptions>, string | RegExp]>([
    ["no region", {}, /^There is no region: give one by --bbox, --circle, --line, --polygon or --region/],
    [
      "no zooms",
      { bbox: ["1,2,3,4"], zooms: undefined },
      "--zooms is missing: from which zoom to which, such as --zooms 8-14.",
    ],
    [
      "no radius",
      { line: ["walk.gpx"] },
      /^--line .*walk\.gpx needs --radius R, such as --radius 500m: how far around it/,
    ],
    ["a radius of nothing", { radius: ["5km"] }, /^--radius is that of --line FILE, which is missing\./],
    [
      "a radius beside a circle",
      { circle: ["1,2,3"], radius: ["5km"] },
      "--radius is that of --line FILE, which is missing.",
    ],
    [
      "a radius in miles",
      { line: ["walk.gpx"], radius: ["5mi"] },
      '--radius is "5mi", but must be a distance in metres or kilometres, such as 500, 500m or 5km.',
    ],
    ["too many radii", { line: ["walk.gpx"], radius: ["1", "2"] }, /^--radius is given 2 times for 1 lines/],
    ["a file that is not there", { polygon: ["nowhere.json"] }, /^--polygon .*nowhere\.json does not exist\.$/],
    ["a folder", { polygon: ["."] }, /^--polygon .* is a folder, but must be a file\.$/],
    ["an empty file", { line: ["empty.gpx"], radius: ["1"] }, /^--line .*empty\.gpx is empty\.$/],
    ["a blank file", { line: ["blank.gpx"], radius: ["1"] }, /^--line .*blank\.gpx is empty\.$/],
    [
      "a track cut short",
      { line: ["cut.gpx"], radius: ["1"] },
      /^--line .*cut\.gpx: line 1: the GPX is not well-formed XML.* Is the file complete/,
    ],
    [
      "shapes cut short",
      { polygon: ["cut.json"] },
      /^--polygon .*cut\.json is JSON that ends too early\. Is the file complete\?$/,
    ],
    ["what is no JSON", { polygon: ["wrong.json"] }, /^--polygon .*wrong\.json is not valid JSON/],
    ["binary", { line: ["binary.gpx"], radius: ["1"] }, /^--line .*binary\.gpx is no text\. Is it the right file\?$/],
    [
      "an archive",
      { line: ["walk.kmz"], radius: ["1"] },
      /^--line .*walk\.kmz is a zip archive, perhaps a KMZ: unpack it/,
    ],
    [
      "a web page",
      { line: ["page.gpx"], radius: ["1"] },
      /^--line .*page\.gpx: Expected the text of a GPX file, but this is a web page/,
    ],
    ["words", { line: ["words.txt"], radius: ["1"] }, /^--line .*words\.txt is neither GPX nor KML nor GeoJSON\.$/],
    ["words as shapes", { polygon: ["words.txt"] }, /^--polygon .*words\.txt is neither GeoJSON nor KML\.$/],
    [
      "a track as a shape",
      { polygon: ["walk.gpx"] },
      /^--polygon .*walk\.gpx is GPX, which has no shapes: give it as --line .* --radius R\.$/,
    ],
    [
      "lines as shapes",
      { polygon: ["walk.json"] },
      /^--polygon .*walk\.json holds lines or points, which have no inside: give it as --line/,
    ],
    ["lines of KML as shapes", { polygon: ["walk.kml"] }, /^--polygon .*walk\.kml holds lines or points/],
    [
      "a latitude of 95",
      { polygon: ["bad.json"] },
      /^--polygon .*bad\.json: coordinates\[0\]\[0\]\[1\] is 95, but latitudes end at ±90/,
    ],
    ["GeoJSON as a region", { region: ["park.json"] }, /^--region .*park\.json is GeoJSON: give it as --polygon/],
    [
      "a circle without radius",
      { region: ["badregion.json"] },
      /^--region .*badregion\.json: radiusMeters is undefined/,
    ],
    [
      "zooms that differ",
      { region: ["deep.json", "topo.json"], zooms: undefined },
      /^--region takes only a part of its tiles/,
    ],
    [
      "standard input twice",
      { polygon: ["-"], region: ["-"] },
      "Standard input can be read once, but --polygon - wants it and --region - too.",
    ],
  ])("refuses %s", async (_, options, message) => {
    const reading = read(options, SHAPE);
    await expect(reading).rejects.toBeInstanceOf(UsageError);
    await expect(reading).rejects.toThrow(message);
  });

  it("refuses standard input that is empty", async () => {
    await expect(read({ polygon: ["-"] }, "")).rejects.toThrow("Standard input, for --polygon, is empty.");
  });
});
