import { quote } from "./quote.ts";
import { TrackError } from "./track-error.ts";

export type Format = "GPX" | "KML";

/** What people give by mistake, by the lower-case name of its root element. */
const KNOWN_ROOTS: Readonly<Record<string, string>> = {
  gpx: "GPX: use fromGpx",
  kml: "KML: use fromKml",
  html: "a web page (HTML), perhaps an error page or a login that came in place of the file",
  trainingcenterdatabase: "TCX, which is not read: export the activity as GPX",
  svg: "a picture (SVG)",
};

/** Refuses what does not even begin like XML, and says what it seems to be. */
export function assertIsXml(text: unknown, format: Format): asserts text is string {
  if (typeof text !== "string") {
    throw new TrackError(`Expected the text of a ${format} file, but got ${kindOf(text)}: decode it first.`);
  }
  if (!text.startsWith("<")) throw new TrackError(`Expected the text of a ${format} file, but ${seemsToBe(text)}.`);
}

export function assertRootIs(name: string, format: Format): void {
  const root = name.toLowerCase();
  if (root === format.toLowerCase()) return;
  const known = Object.hasOwn(KNOWN_ROOTS, root) ? KNOWN_ROOTS[root] : undefined;
  const found = known ?? `XML whose outermost element is ${quote(name)}`;
  throw new TrackError(`Expected the text of a ${format} file, but this is ${found}.`);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "object") return `an object (${value.constructor?.name ?? "without a class"})`;
  return typeof value;
}

function seemsToBe(text: string): string {
  if (text === "") return "the text is empty";
  if (text.startsWith("PK"))
    return "this is a zip archive, perhaps a KMZ: unpack it and give the text of the .kml in it";
  if (/^[{[]/.test(text)) return "this looks like JSON: GeoJSON is read by fromGeoJSON of @fmtc/core";
  return `this is not XML: it begins with ${quote(text, 20)}`;
}
