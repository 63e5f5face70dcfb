import { fromGeoJSON, type Region, RegionError } from "@fmtc/core";
import { fromGpx, fromKml, TrackError } from "@fmtc/tracks";
import { UsageError } from "../usage-error.ts";
import { parseJson } from "./parse-json.ts";
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
  try {
    return aboutFile(what, () => {
      switch (formatOf(text)) {
        case "JSON":
          return fromGeoJSON(parseJson(what, text));
        case "KML":
          return fromKml(text);
        case "GPX":
          if (/<(\w+:)?gpx[\s>]/i.test(text)) throw new UsageError(`${what} is GPX, which has no shapes: ${asLine}.`);
          return fromKml(text);
        default:
          throw new UsageError(`${what} is neither GeoJSON nor KML.`);
      }
    });
  } catch (error) {
    if (!(error instanceof UsageError) || !/without a radius|radiusMeters is missing/.test(error.message)) throw error;
    throw new UsageError(`${what} holds lines or points, which have no inside: ${asLine}.`);
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
