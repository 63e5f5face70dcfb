import { multi, type Region } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import type { TextReader } from "../files/text-reader.ts";
import { UsageError } from "../usage-error.ts";
import { readBbox } from "./read-bbox.ts";
import { readCircle } from "./read-circle.ts";
import { readDistance } from "./read-distance.ts";
import { readZooms, type Zooms } from "./read-zooms.ts";
import { type FileRegion, readRegionText } from "./region-file.ts";
import { hasRegion, type RegionOptions } from "./region-options.ts";
import { readLineText, readPolygonText } from "./shape-file.ts";

/** What the options of a region say, all together. */
export interface WantedRegion extends Zooms {
  readonly region: Region;
  /** The id of the source that the region's file names. */
  readonly source?: string | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/**
 * The region of a command's options; several are one.
 *
 * @throws UsageError that names the option.
 */
export async function regionOf(options: RegionOptions, read: TextReader): Promise<WantedRegion> {
  if (!hasRegion(options)) {
    throw new UsageError(
      options.radius.length > 0
        ? "--radius is that of --line FILE, which is missing. A circle has its own: --circle 51.5074,-0.1278,5km."
        : "There is no region: give one by --bbox, --circle, --line, --polygon or --region, such as --circle 51.5074,-0.1278,5km.",
    );
  }
  const plain: Region[] = [...options.bbox.map(readBbox), ...options.circle.map(readCircle)];
  const radii = radiiOf(options);
  const given = options.zooms === undefined ? undefined : readZooms(options.zooms);
  for (const [i, file] of options.line.entries()) {
    plain.push(readLineText(file, await read("--line", file), radii[i] ?? 0));
  }
  for (const file of options.polygon) plain.push(readPolygonText(file, await read("--polygon", file)));
  const files: FileRegion[] = [];
  for (const file of options.region) files.push(readRegionText(file, await read("--region", file)));

  const regions = [...plain, ...files.map(({ region }) => region)];
  const [first] = regions;
  const [only] = files;
  const isWhole = regions.length === 1;
  if (!isWhole && files.some(({ start, end }) => start !== undefined || end !== undefined)) {
    throw new UsageError(
      "--region takes only a part of its tiles (start, end), so no other region can stand beside it.",
    );
  }
  return {
    region: first !== undefined && isWhole ? first : multi(regions),
    ...(given ?? zoomsOf(files)),
    source: sourceNamedBy(files),
    ...(isWhole && { start: only?.start, end: only?.end }),
  };
}

/** For each line how far around it the map is wanted. */
function radiiOf({ line, radius }: RegionOptions): readonly number[] {
  const radii = radius.map((value) => {
    const metres = readDistance(value);
    if (metres !== undefined) return metres;
    throw new UsageError(
      `--radius is ${quoted(value)}, but must be a distance in metres or kilometres, such as 500, 500m or 5km.`,
    );
  });
  const [first] = radii;
  const [file] = line;
  if (first === undefined && file !== undefined) {
    throw new UsageError(
      `--line ${file} needs --radius R, such as --radius 500m: how far around it the map is wanted.`,
    );
  }
  if (file === undefined && first !== undefined)
    throw new UsageError("--radius is that of --line FILE, which is missing.");
  if (first !== undefined && radii.length === 1) return line.map(() => first);
  if (radii.length === line.length) return radii;
  throw new UsageError(
    `--radius is given ${radii.length} times for ${line.length} lines: give one for all of them, or one for each.`,
  );
}

/** The zooms that the regions' files say, if they say the same. */
function zoomsOf(files: readonly FileRegion[]): Zooms {
  const said = files.flatMap(({ minZoom, maxZoom }) =>
    minZoom === undefined || maxZoom === undefined ? [] : [{ minZoom, maxZoom }],
  );
  const [first] = said;
  if (first === undefined) throw new UsageError("--zooms is missing: from which zoom to which, such as --zooms 8-14.");
  if (said.every(({ minZoom, maxZoom }) => minZoom === first.minZoom && maxZoom === first.maxZoom)) return first;
  throw new UsageError("The files of --region have different zooms. Say which to take, such as --zooms 8-14.");
}

function sourceNamedBy(files: readonly FileRegion[]): string | undefined {
  const ids = new Set(files.flatMap(({ source }) => (source === undefined ? [] : [source])));
  return ids.size === 1 ? [...ids][0] : undefined;
}
