import { FmtcError } from "@fmtc/core";
import { expect, test } from "vitest";
import { fromGpx, fromKml, TrackError } from "../src/index.ts";

const options = { radiusMeters: 500 };
const readers = { GPX: fromGpx, KML: fromKml };
const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i || ""};`.repeat(10)}">`).join("");
const segment = "<trkseg><trkpt lat='1' lon='2'/><trkpt lat='1' lon='3'/></trkseg>";
const megabytes = (text: string, size = 10) => text.repeat(Math.ceil((size * 1e6) / text.length));

/** Made to be read in time proportional to their length: what is not, takes minutes here and runs into the time limit. */
const files: [name: string, text: unknown, message: RegExp][] = [
  ["nothing", "", /the text is empty/],
  ["blanks", " \n\t\uFEFF", /the text is empty/],
  ["plain text", "Dear walkers,", /this is not XML: it begins with "Dear walkers,"/],
  ["10 MB of garbage", megabytes("\u0000ÿx"), /this is not XML/],
  ["JSON", '{ "type": "FeatureCollection" }', /looks like JSON: GeoJSON is read by fromGeoJSON/],
  ["a KMZ", "PK\u0003\u0004\u0000", /a zip archive, perhaps a KMZ: unpack it/],
  ["a web page", "<!DOCTYPE html>\n<html><body>Please log in<br></body></html>", /a web page \(HTML\)/],
  ["an old web page", "<HTML><BODY>404</BODY></HTML>", /a web page \(HTML\)/],
  ["TCX", "<TrainingCenterDatabase/>", /TCX, which is not read: export the activity as GPX/],
  ["other XML", "<rss><channel/></rss>", /XML whose outermost element is "rss"/],
  ["an element of every object", "<constructor/>", /XML whose outermost element is "constructor"/],
  ["bytes that were not decoded", new Uint8Array(4), /an object \(Uint8Array\): decode it first/],
  ["undefined", undefined, /but got undefined/],
];

test.each(files)("%s is neither GPX nor KML", (_, text, message) => {
  for (const read of Object.values(readers)) {
    const error = errorOf(() => read(text as string, options));
    expect(error).toBeInstanceOf(TrackError);
    expect(TrackError.isInstance(error) && FmtcError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ name: "TrackError", message: expect.stringMatching(message) });
  }
});

test("one format given for the other says which function reads it", () => {
  expect(errorOf(() => fromGpx("<kml/>", options))).toMatchObject({
    message: expect.stringContaining("KML: use fromKml"),
  });
  expect(errorOf(() => fromKml("<gpx/>", options))).toMatchObject({
    message: expect.stringContaining("GPX: use fromGpx"),
  });
});

const broken: [name: string, text: string, message: RegExp][] = [
  ["a file cut short", `<gpx>\n<trk>${segment}`, /^line 2: the GPX is not well-formed XML, "unclosed tag: trk"/],
  ["a file cut within a tag", `<gpx><trk>${segment}<trkseg><trkpt la`, /not well-formed XML/],
  ["a tag that is closed by another", "<gpx><trk></gpx>", /not well-formed XML/],
  ["two files in one", "<gpx/><gpx/>", /not well-formed XML/],
  [
    "a billion laughs",
    `<!DOCTYPE gpx [<!ENTITY lol "lol">${laughs}]><gpx><name>&lol9;</name></gpx>`,
    /undefined entity/,
  ],
  [
    "an entity from a file",
    '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx>&x;</gpx>',
    /undefined entity/,
  ],
  ["10 MB of entities", `<!DOCTYPE gpx [${megabytes("<!ENTITY a 'b'>")}`, /not well-formed XML/],
  ["10 MB of open elements", `<gpx>${megabytes("<trk>")}`, /nested more than 100 deep/],
  ["10 MB of nested namespaces", `<gpx>${megabytes("<a xmlns:b='c'>")}`, /nested more than 100 deep/],
  ["10 MB of <", megabytes("<"), /not well-formed XML/],
  ["10 MB of a comment", `<gpx><!-- ${megabytes("- ")}`, /not well-formed XML/],
  ["10 MB of a name", `<${megabytes("y")}`, /not well-formed XML/],
  ["10 MB of a root element", `<${megabytes("y")}/>`, /outermost element is "y{40}…"/],
  [
    "10 MB of a number",
    `<gpx><trk><trkpt lat="1" lon="${megabytes("9")}"/></trk></gpx>`,
    /is "9{40}…", which is no number/,
  ],
  ["10 MB of blanks", `<gpx>${megabytes(" ")}</gpx>`, /no track, route or waypoint/],
  ["empty segments", "<gpx><trk><trkseg/><trkseg></trkseg></trk><rte/></gpx>", /no track, route or waypoint/],
  ["an empty file", "<gpx/>", /no track, route or waypoint/],
];

test.each(broken)("%s: a TrackError says what is wrong", (_, text, message) => {
  const error = errorOf(() => fromGpx(text, options));
  expect(error).toBeInstanceOf(TrackError);
  const said = (error as TrackError).message;
  expect(said).toMatch(message);
  expect(said.length).toBeLessThan(300);
});

test("10 MB of blanks among a line's coordinates are skipped", () => {
  const blanks = megabytes(" \n");
  const text = `<kml><LineString><coordinates>1,2${blanks}3,${blanks}4</coordinates></LineString></kml>`;
  expect(fromKml(text, options)).toMatchObject({
    path: [
      { lng: 1, lat: 2 },
      { lng: 3, lat: 4 },
    ],
  });
});

test("files larger than people have are read whole", () => {
  const points = Array.from(
    { length: 100_000 },
    (_, i) => `<trkpt lat="${47 + i / 1e6}" lon="11"><ele>1</ele></trkpt>`,
  );
  expect(fromGpx(`<gpx><trk><trkseg>${points.join("\n")}</trkseg></trk></gpx>`, options)).toMatchObject({
    path: { length: 1e5 },
  });
  expect(fromGpx(`<gpx><trk>${segment.repeat(50_000)}</trk></gpx>`, options)).toMatchObject({
    regions: { length: 5e4 },
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
