import type { Command, OptionValues } from "@commander-js/extra-typings";
import { listed } from "../options/listed.ts";
import { once } from "../options/once.ts";

/** The options that say which part of the map, as they are given. */
export interface RegionOptions {
  readonly bbox: readonly string[];
  readonly circle: readonly string[];
  readonly line: readonly string[];
  readonly radius: readonly string[];
  readonly polygon: readonly string[];
  readonly region: readonly string[];
  readonly zooms?: string | undefined;
}

/** Adds the options of a region to a command. */
export function withRegionOptions<Args extends unknown[], Opts extends OptionValues, Globals extends OptionValues>(
  command: Command<Args, Opts, Globals>,
) {
  return command
    .optionsGroup("Region (several of them are one):")
    .option("--bbox <W,S,E,N>", "a rectangle in degrees; west greater than east crosses the antimeridian", listed, [])
    .option("--circle <LAT,LON,RADIUS>", "a circle, such as 51.5074,-0.1278,5km", listed, [])
    .option(
      "--line <FILE>",
      "a corridor along the tracks of a GPX, KML or GeoJSON file; - is standard input",
      listed,
      [],
    )
    .option("--radius <R>", "how far around the line: 500, 500m or 5km; one for all lines, or one for each", listed, [])
    .option("--polygon <FILE>", "the shapes of a GeoJSON or KML file", listed, [])
    .option("--region <FILE>", "a region, or a downloadable one with its zooms, as JSON of @fmtc/core", listed, [])
    .option("--zooms <ZOOMS>", "from which zoom to which: 8-14, or 12; given once", once("--zooms"));
}

/** Whether a command that can do without a region was given one. */
export function hasRegion({ bbox, circle, line, polygon, region }: RegionOptions): boolean {
  return [bbox, circle, line, polygon, region].some(({ length }) => length > 0);
}
