import { type DownloadableRegion, parseDownloadable, parseRegion, type Region } from "@fmtc/core";
import { parseJson } from "../files/parse-json.ts";
import { UsageError } from "../usage-error.ts";
import { aboutFile } from "./shape-file.ts";

/** A region as `--region` has read it, with what a downloadable one says beside. */
export type FileRegion = { readonly region: Region } & Partial<DownloadableRegion>;

const GEOJSON = /^(Feature|FeatureCollection|GeometryCollection|(Multi)?(Point|LineString|Polygon))$/;

/** The region of a JSON text of `@fmtc/core`. */
export function readRegionText(file: string, text: string): FileRegion {
  const what = `--region ${file}`;
  const value = parseJson(what, text);
  const fields: Readonly<Record<string, unknown>> = typeof value === "object" && value !== null ? { ...value } : {};
  if (typeof fields.type === "string" && GEOJSON.test(fields.type)) {
    throw new UsageError(`${what} is GeoJSON: give it as --polygon ${file}, or as --line ${file} --radius R.`);
  }
  return aboutFile(what, () => {
    if (!("region" in fields)) return { region: parseRegion(value) };
    // Which source it is for may be said by other options.
    const { source, ...downloadable } = parseDownloadable({ ...fields, source: fields.source ?? "any" });
    return fields.source === undefined ? downloadable : { ...downloadable, source };
  });
}
