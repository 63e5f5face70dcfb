import { of } from "rxjs";
import { type Cover, coverOf } from "../cover/cover.ts";
import { COVER_ORDER } from "../cover/cover-order.ts";
import type { Journal } from "../download/journal.ts";
import { MemoryJournal } from "../download/memory-journal.ts";
import { RecordedJournal } from "../download/recorded-journal.ts";
import { runDownload } from "../download/run-download.ts";
import { FoundSea } from "../download/sea.ts";
import { TokenBucket } from "../download/token-bucket.ts";
import type { Download } from "../ports/download.ts";
import type { DownloadOptions } from "../ports/download-options.ts";
import type { DownloadRecord, Lease } from "../ports/download-record.ts";
import type { TileInfo } from "../ports/tile.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";
import { assertBulkAllowed } from "../source/policy-of.ts";
import { type DownloadSettings, readDownloadOptions, recordedOptions } from "./download-settings.ts";
import { isStale } from "./is-stale.ts";
import { randomId } from "./random-id.ts";
import { readRegionOf } from "./read-region-of.ts";
import { assertNobodyDownloads, recordAnew } from "./record-anew.ts";
import type { RootContext } from "./root-context.ts";
import { takeLease } from "./take-lease.ts";

/** Starts a download of a region into a store. */
export function startDownload(
  context: RootContext,
  store: string,
  given: DownloadableRegion,
  options: DownloadOptions = {},
): Download {
  const { running, sources, scheduler, random, leaseMs } = context;
  running.assertOpen();
  const settings = readDownloadOptions(options);
  const region = readRegionOf(sources, given);
  assertBulkAllowed(sources.get(region.source).source, region.maxZoom);
  const { id = randomId(random) } = options;
  running.assertNew(id);
  if (!settings.allowDuplicate) running.assertNoDuplicate(store, region);

  const now = scheduler.now();
  const cover = coverOf(region);
  const record: Omit<DownloadRecord, "lease"> = {
    id,
    store,
    createdAt: now,
    region,
    total: cover.count,
    coverOrder: COVER_ORDER,
    options: recordedOptions(settings),
    progress: { state: "running", updatedAt: now, finished: [], counts: {} },
  };
  const acquire = () => takeLease(context, id);
  const begin = async () => {
    if (!settings.allowDuplicate) return recordAnew(context, record, settings);
    await context.store.downloads.put(record);
    return acquire();
  };
  const check = async () => {
    if (!settings.allowDuplicate) await assertNobodyDownloads(context, { store, region });
  };
  const journal = settings.recovery
    ? new RecordedJournal({ store: context.store, record, begin, acquire, leaseMs, scheduler })
    : new MemoryJournal({ store: context.store, name: store, check, scheduler });
  return run(context, { record, settings, cover, journal, which: "missing" });
}

/** Continues a download from its record, which was read under the lease that this root has on it now. */
export function continueDownload(
  context: RootContext,
  record: DownloadRecord,
  lease: Lease,
  which: "missing" | "failed",
): Download {
  const { running, sources } = context;
  running.assertOpen();
  const settings = readDownloadOptions(record.options);
  const region = readRegionOf(sources, record.region);
  assertBulkAllowed(sources.get(region.source).source, region.maxZoom);
  const { store, leaseMs, scheduler } = context;
  const acquire = () => takeLease(context, record.id);
  const journal = new RecordedJournal({ store, record, begin: async () => lease, acquire, leaseMs, scheduler });
  return run(context, { record, settings, cover: coverOf(region), journal, which });
}

interface Prepared {
  readonly record: Omit<DownloadRecord, "lease">;
  readonly settings: DownloadSettings;
  readonly cover: Cover;
  readonly journal: Journal;
  readonly which: "missing" | "failed";
}

function run(context: RootContext, { record, settings, cover, journal, which }: Prepared): Download {
  const { store, transport, scheduler, random, running } = context;
  const { source, policy, gate, urlOf, sea$ } = context.sources.get(record.region.source);
  const { minCacheMs = 0 } = policy;
  const { update, skipExisting, skipSea, pruneSeaBelow, rateLimit } = settings;
  const isKept = ({ storedAt }: TileInfo, now: number) => now - storedAt < minCacheMs;
  const download = runDownload({
    id: record.id,
    name: record.store,
    source: source.id,
    cover,
    progress: record.progress,
    which,
    journal,
    has: store.tiles.has,
    lookUp: skipExisting || update !== false ? store.tiles.info : undefined,
    isGoodEnough: (info, now) => update === false || isKept(info, now) || (update === "stale" && !isStale(info, now)),
    sea$: skipSea ? sea$ : of(() => false),
    foundSea: pruneSeaBelow === undefined ? undefined : new FoundSea(pruneSeaBelow),
    bucket: rateLimit === undefined ? undefined : new TokenBucket(rateLimit),
    lanes: settings.parallel,
    attempts: settings.retries + 1,
    bufferTiles: settings.buffer.tiles,
    bufferBytes: settings.buffer.bytes,
    reportIntervalMs: settings.reportIntervalMs,
    maxTileBytes: settings.maxTileBytes,
    minCacheMs,
    transport,
    gate,
    urlOf,
    headers: source.headers ?? {},
    scheduler,
    chance: random,
    closed$: running.closed$,
  });
  return running.add(download, record.region);
}
