import { StoreInputError } from "../errors/store-input-error.ts";
import type { StoreLimits } from "../ports/named-stores.ts";
import type { EvictOptions, RemoveOptions, ScanOptions, StoresFilter } from "../ports/stored-tiles.ts";
import type { TileKey } from "../ports/tile.ts";
import {
  isPlain,
  readFlag,
  readKey,
  readKnown,
  readList,
  readName,
  readOptional,
  readOptionalList,
  readRecord,
  readSource,
  readText,
  readWhole,
} from "./read-input.ts";

const LIMITS = ["maxLength", "maxBytes"];
const FILTER = ["stores"];

export function readKeys(keys: readonly TileKey[]): void {
  readList(keys, "keys", readKey);
}

export function readLimits(limits: Partial<StoreLimits> = {}): void {
  const { maxLength, maxBytes } = readRecord(limits, "limits");
  readKnown(limits, "limits", LIMITS);
  readOptional(maxLength, "maxLength", readWhole);
  readOptional(maxBytes, "maxBytes", readWhole);
}

export function readUse(use: { readonly hits: number; readonly misses: number }): void {
  readRecord(use, "use");
  readWhole(use.hits, "hits");
  readWhole(use.misses, "misses");
}

export function readEntries(entries: Readonly<Record<string, string>>): void {
  if (!isPlain(readRecord(entries, "metadata"))) {
    throw new StoreInputError("metadata", entries, "must be a plain object of texts.");
  }
  for (const [key, value] of Object.entries(entries)) {
    readText(key, "metadata");
    readText(value, `metadata.${key}`);
  }
}

export function readFilter(filter?: StoresFilter): void {
  if (filter === undefined) return;
  readRecord(filter, "filter");
  readKnown(filter, "filter", FILTER);
  readStores(filter);
}

function readStores({ stores }: StoresFilter): void {
  readOptionalList(stores, "stores", readName);
}

export function readScan(options: ScanOptions = {}): void {
  readRecord(options, "filter");
  readKnown(options, "filter", [...FILTER, "source", "bytes", "after"]);
  readStores(options);
  readOptional(options.source, "source", readSource);
  readFlag(options.bytes, "bytes");
  readOptional(options.after, "after", readKey);
}

export function readRemoval(options: RemoveOptions = {}): void {
  readRecord(options, "options");
  readKnown(options, "options", ["dryRun"]);
  readFlag(options.dryRun, "dryRun");
}

export function readEviction(options: EvictOptions = {}): void {
  const { dryRun, pinned, ...limits } = readRecord(options, "options");
  readFlag(dryRun, "dryRun");
  readFlag(pinned, "pinned");
  readLimits(limits);
}

/** By its looks rather than its class: it may come from another copy of this package. */
export function readCover(cover: unknown): void {
  if (typeof cover === "object" && cover !== null && "forEachSpan" in cover) return;
  throw new StoreInputError("cover", cover, "is not a cover. Make one of a region with coverOf.");
}
