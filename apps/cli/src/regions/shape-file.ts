import { fromGeoJSON, type Region, RegionError } from "@fmtc/core";
import { fromGpx, fromKml, TrackError } from "@fmtc/tracks";
import { parseJson } from "../files/parse-json.ts";
import { UsageError } from "../usage-error.ts";
import { xmlFormat } from "./xml-format.ts";

/** The corridor along the lines of a GPX, KML or GeoJSON text, known by its content. */
export function readLineText(file: string, text: string, radiusMeters: number): Region {
  const what = `--line ${file}`;
  return aboutFile(what, () => {
    switch (formatOf(text)) {
      case "JSON":
        return fromGeoJSON(parseJson(what, text), { radiusMeters });
      case "KML":
        return fromKml(text, { radiusMeters });
      case "GPX":
        return fromGpx(text, { radiusMeters });
      default:
        throw new UsageError(`${what} is neither GPX nor KML nor GeoJSON.`);
    }
  });
}

/** The shapes of a GeoJSON or KML text. */
export function readPolygonText(file: string, text: string): Region {
  const what = `--polygon ${file}`;
  const asLine = `give it as --line ${file} --radius R`;
  if (/<(\w+:)?gpx[\s>]/i.test(text) && formatOf(text) === "GPX") {
    throw new UsageError(`${what} is GPX, which has no shapes: ${asLine}.`);
  }
  try {
    return aboutFile(what, () => shapesOf(what, text));
  } catch (error) {
    if (!lacksOnlyRadius(what, text)) throw error;
    throw new UsageError(`${what} holds lines or points, which have no inside: ${asLine}.`);
  }
}

function shapesOf(what: string, text: string, around?: { readonly radiusMeters: number }): Region {
  switch (formatOf(text)) {
    case "JSON":
      return fromGeoJSON(parseJson(what, text), around);
    case undefined:
      throw new UsageError(`${what} is neither GeoJSON nor KML.`);
    default:
      return fromKml(text, around);
  }
}

function lacksOnlyRadius(what: string, text: string): boolean {
  try {
    shapesOf(what, text, { radiusMeters: 1 });
    return true;
  } catch {
    return false;
  }
}

function formatOf(text: string): "JSON" | "KML" | "GPX" | undefined {
  const begin = text.replace(/^\uFEFF/, "").trimStart();
  if (/^[{[]/.test(begin)) return "JSON";
  return begin.startsWith("<") ? xmlFormat(begin) : undefined;
}

/** What the readers of files say of them comes to name the file. */
export function aboutFile<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!RegionError.isInstance(error) && !TrackError.isInstance(error)) throw error;
    throw new UsageError(`${what}: ${error.message}`);
  }
}
