import { describe } from "../errors/describe.ts";
import { OptionError } from "../errors/option-error.ts";
import { MAX_ZOOM } from "../geo/mercator.ts";
import type { DownloadOptions } from "../ports/download-options.ts";
import type { Json } from "../ports/download-record.ts";
import { readFlag, readKnown, readWhole } from "./read-option.ts";

/** The options of a download, with their defaults: plain data, as its record keeps it. */
export interface DownloadSettings {
  readonly parallel: number;
  readonly buffer: { readonly tiles: number; readonly bytes: number };
  readonly rateLimit?: number;
  readonly skipExisting: boolean;
  readonly update: boolean | "stale";
  readonly skipSea: boolean;
  readonly pruneSeaBelow?: number;
  readonly retries: number;
  readonly maxTileBytes: number;
  readonly reportIntervalMs: number;
  readonly recovery: boolean;
  readonly allowDuplicate: boolean;
}

/** A tile in a hundred seconds. */
const SLOWEST = 0.01;

const NAMES: readonly (keyof DownloadOptions)[] = [
  "id",
  "parallel",
  "buffer",
  "rateLimit",
  "skipExisting",
  "update",
  "skipSea",
  "pruneSeaBelow",
  "retries",
  "maxTileBytes",
  "reportIntervalMs",
  "recovery",
  "allowDuplicate",
];

/** @throws OptionError that names the option. */
export function readDownloadOptions(options: DownloadOptions = {}): DownloadSettings {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new OptionError(
      "options",
      options,
      `is ${describe(options)}, but must be an object, such as { parallel: 8 }.`,
    );
  }
  readKnown(options, NAMES, "download");
  const { rateLimit, pruneSeaBelow, update = false, buffer = {} } = options;
  const skipSea = readFlag(options.skipSea, "skipSea", true);
  if (rateLimit !== undefined && !(typeof rateLimit === "number" && rateLimit >= SLOWEST && rateLimit < Infinity)) {
    const problem = `is ${describe(rateLimit)}, but must be a number of tiles a second, ${SLOWEST} or more.`;
    throw new OptionError("rateLimit", rateLimit, problem);
  }
  if (update !== "stale" && typeof update !== "boolean") {
    throw new OptionError("update", update, `is ${describe(update)}, but must be true, false or "stale".`);
  }
  if (pruneSeaBelow !== undefined) {
    readWhole(pruneSeaBelow, "pruneSeaBelow", 0, MAX_ZOOM, 0);
    if (!skipSea) throw new OptionError("pruneSeaBelow", pruneSeaBelow, "needs skipSea: true, to know sea tiles.");
  }
  if (options.id !== undefined && (typeof options.id !== "string" || options.id === "")) {
    throw new OptionError("id", options.id, `is ${describe(options.id)}, but must be a text.`);
  }
  return {
    parallel: readWhole(options.parallel, "parallel", 1, 1_000, 5),
    buffer: readBuffer(buffer),
    ...(rateLimit !== undefined && { rateLimit }),
    skipExisting: readFlag(options.skipExisting, "skipExisting", true),
    update,
    skipSea,
    ...(pruneSeaBelow !== undefined && { pruneSeaBelow }),
    retries: readWhole(options.retries, "retries", 0, 100, 2),
    maxTileBytes: readWhole(options.maxTileBytes, "maxTileBytes", 1, 1_000_000_000, 10_000_000),
    reportIntervalMs: readWhole(options.reportIntervalMs, "reportIntervalMs", 0, 3_600_000, 500),
    recovery: readFlag(options.recovery, "recovery", true),
    allowDuplicate: readFlag(options.allowDuplicate, "allowDuplicate", false),
  };
}

/** As a record keeps them; `readDownloadOptions` reads them again. */
export function recordedOptions({ allowDuplicate: _, ...settings }: DownloadSettings): {
  readonly [name: string]: Json;
} {
  return settings;
}

function readBuffer(buffer: NonNullable<DownloadOptions["buffer"]>): DownloadSettings["buffer"] {
  const isNumber = typeof buffer === "number";
  const wanted = isNumber ? { tiles: buffer } : buffer;
  if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) {
    const problem = `is ${describe(wanted)}, but must be a number of tiles, or { tiles, bytes }.`;
    throw new OptionError("buffer", wanted, problem);
  }
  readKnown(wanted, ["tiles", "bytes"], "buffer");
  return {
    tiles: readWhole(wanted.tiles, isNumber ? "buffer" : "buffer.tiles", 1, 100_000, 200),
    bytes: readWhole(wanted.bytes, "buffer.bytes", 1, 1_000_000_000, 16_000_000),
  };
}
