import { describe } from "../errors/describe.ts";
import { RegionError } from "../errors/region-error.ts";
import { MAX_ZOOM } from "../geo/mercator.ts";
import { readRegion } from "./parse-region.ts";
import { onMap } from "./parts-on-map.ts";
import { readInteger } from "./read-number.ts";
import type { Region } from "./region.ts";

/** A region with all that says which of its tiles to download: plain data, as regions are. */
export interface DownloadableRegion {
  readonly region: Region;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** The id of the source; never its URL or its headers. */
  readonly source: string;
  /** The first tile to take, counted from 1. */
  readonly start?: number;
  /** The last tile to take, counted from 1 and included. */
  readonly end?: number;
}

/** What there is to choose when a region becomes downloadable. */
export interface DownloadableOptions {
  /** The first zoom level, 0 to 24. */
  readonly minZoom: number;
  /** The last zoom level, included; 0 to 24. */
  readonly maxZoom: number;
  /** The source, or its id alone. Given the source, zooms that it does not have are refused. */
  readonly source:
    | string
    | { readonly id: string; readonly minZoom?: number | undefined; readonly maxZoom?: number | undefined };
  /** The first tile to take, counted from 1. Default: the first there is. */
  readonly start?: number | undefined;
  /** The last tile to take, counted from 1 and included. Default: the last there is. */
  readonly end?: number | undefined;
}

/**
 * Says which tiles of a region are to be downloaded: zooms, source and, if wanted, a part of the sequence.
 *
 * @throws RegionError that names the field.
 * @example
 * toDownloadable(circle({ lat: 51.5074, lng: -0.1278 }, 5_000), { minZoom: 8, maxZoom: 14, source: "topo" });
 */
export function toDownloadable(region: Region, options: DownloadableOptions): DownloadableRegion {
  const { source } = options ?? {};
  const downloadable = parseDownloadable({
    ...options,
    region,
    source: typeof source === "object" && source !== null ? source.id : source,
  });
  if (typeof source === "object") assertSourceHasZooms(downloadable, source);
  return downloadable;
}

/**
 * Reads a downloadable region from data of unknown origin, and returns it as plain data.
 *
 * @throws RegionError that names the first field which is not valid.
 */
export function parseDownloadable(value: unknown): DownloadableRegion {
  if (typeof value !== "object" || value === null) {
    const wanted = "{ region, minZoom, maxZoom, source }";
    throw new RegionError(
      "downloadable",
      value,
      `is ${describe(value)}, but must be a downloadable region, ${wanted}.`,
    );
  }
  if ("type" in value && !("region" in value)) {
    const how = "toDownloadable(region, { minZoom, maxZoom, source })";
    throw new RegionError("downloadable", value, `is a region alone. Say its zooms and its source too: ${how}.`);
  }
  const given = value as Partial<Record<keyof DownloadableRegion, unknown>>;
  const region = onMap(readRegion(given.region, "region."), "region.");
  const minZoom = readInteger(given.minZoom, "minZoom", 0, MAX_ZOOM);
  const maxZoom = readInteger(given.maxZoom, "maxZoom", 0, MAX_ZOOM);
  if (minZoom > maxZoom) {
    throw new RegionError("minZoom", minZoom, `is ${minZoom}, greater than maxZoom, which is ${maxZoom}.`);
  }
  const { source } = given;
  if (typeof source !== "string" || source === "") {
    throw new RegionError("source", source, `is ${describe(source)}, but must be a source, or the id of one.`);
  }
  if (source.includes("://")) {
    // Ids are stored with the tiles, and a URL may hold a key: the message does not repeat it.
    throw new RegionError("source", undefined, "is a URL, but must be the id of a source, which is stored as it is.");
  }
  const start = given.start === undefined ? undefined : readInteger(given.start, "start", 1, Number.MAX_SAFE_INTEGER);
  const end = given.end === undefined ? undefined : readInteger(given.end, "end", 1, Number.MAX_SAFE_INTEGER);
  if (start !== undefined && end !== undefined && start > end) {
    throw new RegionError("start", start, `is ${start}, greater than end, which is ${end}.`);
  }
  return {
    region,
    minZoom,
    maxZoom,
    source,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
  };
}

function assertSourceHasZooms(
  { minZoom, maxZoom }: DownloadableRegion,
  source: { readonly id: string; readonly minZoom?: number | undefined; readonly maxZoom?: number | undefined },
): void {
  const first = readInteger(source.minZoom ?? 0, "source.minZoom", 0, MAX_ZOOM);
  const last = readInteger(source.maxZoom ?? MAX_ZOOM, "source.maxZoom", 0, MAX_ZOOM);
  const has = `but source ${describe(source.id)} has zooms ${first} to ${last}.`;
  if (minZoom < first) throw new RegionError("minZoom", minZoom, `is ${minZoom}, ${has}`);
  if (maxZoom > last) throw new RegionError("maxZoom", maxZoom, `is ${maxZoom}, ${has}`);
}
