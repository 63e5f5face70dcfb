import { describe } from "../errors/describe.ts";
import { StoreInputError } from "../errors/store-input-error.ts";
import type { DownloadRecord, FailedTile, RecordedProgress } from "../ports/download-record.ts";
import type { LeaseRequest } from "../ports/download-records.ts";
import { parseDownloadable } from "../region/downloadable.ts";
import {
  isPlain,
  readList,
  readName,
  readOptional,
  readPlace,
  readRecord,
  readText,
  readTime,
  readWhole,
} from "./read-input.ts";

const STATES: readonly unknown[] = ["running", "paused", "completed"] satisfies RecordedProgress["state"][];

/** As deep as a region may be nested, and deep enough for options. */
const MAX_DEPTH = 100;

/**
 * The record with just the fields that it has, so that nothing is stored that nobody has looked at.
 *
 * @throws StoreInputError that names the field; RegionError if it lies within the region.
 */
export function readDownload(record: Omit<DownloadRecord, "lease">): Omit<DownloadRecord, "lease"> {
  readRecord(record, "download");
  readName(record.id, "id");
  readName(record.store, "store");
  readTime(record.createdAt, "createdAt");
  const region = parseDownloadable(record.region);
  readWhole(record.total, "total");
  readWhole(record.coverOrder, "coverOrder");
  readJson(readRecord(record.options, "options"), "options", 0);
  readProgress(record.progress, "progress");
  const { id, store, createdAt, total, coverOrder, options, progress } = record;
  return { id, store, createdAt, region, total, coverOrder, options, progress };
}

export function readProgress(progress: RecordedProgress, field: string): void {
  readRecord(progress, field);
  if (!STATES.includes(progress.state)) {
    throw new StoreInputError(
      `${field}.state`,
      progress.state,
      `is ${describe(progress.state)}, but must be one of ${STATES.join(", ")}.`,
    );
  }
  readTime(progress.updatedAt, `${field}.updatedAt`);
  readRanges(progress.finished, `${field}.finished`);
  for (const [name, count] of Object.entries(readRecord(progress.counts, `${field}.counts`))) {
    readText(name, `${field}.counts`);
    if (typeof count !== "number" || !Number.isFinite(count)) {
      throw new StoreInputError(
        `${field}.counts.${name}`,
        count,
        `is ${describe(count)}, but must be a finite number.`,
      );
    }
  }
}

export function readFailedTile(tile: FailedTile, field: string): void {
  readRecord(tile, field);
  readWhole(tile.index, `${field}.index`);
  readPlace(tile, field);
  readText(tile.reason, `${field}.reason`);
  readOptional(tile.detail, `${field}.detail`, readText);
  readWhole(tile.attempts, `${field}.attempts`);
  readTime(tile.failedAt, `${field}.failedAt`);
}

export function readLeaseRequest(request: LeaseRequest): void {
  readRecord(request, "lease");
  readName(request.owner, "owner");
  readTime(request.now, "now");
  readTime(request.expiresAt, "expiresAt");
  readOptional(request.deadEpoch, "deadEpoch", readWhole);
}

function readRanges(ranges: readonly number[], field: string): void {
  let least = 0;
  readList(ranges, field, (bound, path) => {
    least = readWhole(bound, path, Number.MAX_SAFE_INTEGER, least) + 1;
  });
  if (ranges.length % 2 === 1) {
    throw new StoreInputError(field, ranges, `has ${ranges.length} numbers, but must have a last for each first.`);
  }
}

/** What would not come back from JSON as it went is refused, before it is lost. */
function readJson(value: unknown, field: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new StoreInputError(field, value, `is nested more than ${MAX_DEPTH} deep.`);
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "string") readText(value, field);
  else if (typeof value === "number" && Number.isFinite(value)) return;
  else if (Array.isArray(value)) {
    readList(value, field, (each, path) => readJson(each, path, depth + 1));
  } else if (typeof value === "object" && isPlain(value)) {
    for (const [key, each] of Object.entries(value)) readJson(each, `${field}.${readText(key, field)}`, depth + 1);
  } else throw new StoreInputError(field, value, `is ${describe(value)}, but must be plain JSON.`);
}
