import { coverOf } from "../cover/cover.ts";
import { BackgroundUnavailableError } from "../errors/background-unavailable-error.ts";
import type { Download } from "../ports/download.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";
import { assertBulkAllowed } from "../source/policy-of.ts";
import { watchChanges } from "../store/watch-changes.ts";
import { auditRegion } from "./audit-region.ts";
import { readDownloadOptions } from "./download-settings.ts";
import { planDownload } from "./plan-download.ts";
import { readRegionOf } from "./read-region-of.ts";
import { assertNobodyDownloads } from "./record-anew.ts";
import type { RootContext } from "./root-context.ts";
import type { RootStore, StoreDownloads, StoreManagement, StoreTexts } from "./root-store.ts";
import { startDownload } from "./start-download.ts";

/** A named store of a root. */
export function createRootStore(context: RootContext, name: string): RootStore {
  const { store, scheduler } = context;
  return {
    name,
    manage: managementOf(context, name),
    stats: () => store.stores.stats(name),
    metadata: textsOf(context, name),
    download: downloadsOf(context, name),
    changes$: watchChanges(store, { stores: [name], scheduler }),
  };
}

function managementOf(context: RootContext, name: string): StoreManagement {
  const { stores, tiles } = context.store;
  return {
    create: (limits) => stores.create(name, limits),
    exists: () => stores.has(name),
    delete: async () => {
      await cancelInto(context, name);
      return stores.delete(name);
    },
    rename: async (newName) => {
      const downloads = context.running.list().filter(({ store, id }) => store === name && isGoingOn(context, id));
      await Promise.all(downloads.map((download) => bringToRest(context, download)));
      await stores.rename(name, newName).finally(() => Promise.all(downloads.map(({ resume }) => resume())));
      return createRootStore(context, newName);
    },
    reset: async () => {
      await cancelInto(context, name);
      return stores.reset(name);
    },
    limits: () => stores.limits(name),
    setLimits: (limits) => stores.setLimits(name, limits),
    latestTile: () => tiles.latest(name),
    removeRegion: async (given, options) => {
      const region = readRegionOf(context.sources, given);
      return tiles.removeCover(name, region.source, coverOf(region), options);
    },
    removeOlderThan: (time, options) => tiles.removeOlderThan(name, time, options),
    evictOldest: (options) => tiles.evictOldest(name, options),
  };
}

function textsOf({ store: { metadata } }: RootContext, name: string): StoreTexts {
  return {
    read: () => metadata.read(name),
    set: (entries) => metadata.set(name, entries),
    remove: (key) => metadata.remove(name, key),
    reset: () => metadata.reset(name),
  };
}

function downloadsOf(context: RootContext, name: string): StoreDownloads {
  const { sources, store, scheduler, background } = context;
  return {
    startForeground: (region, options) => startDownload(context, name, region, options),
    startBackground: async (given, options = {}) => {
      context.running.assertOpen();
      if (background === undefined) throw new BackgroundUnavailableError();
      const { allowDuplicate } = readDownloadOptions(options);
      const region = readRegionOf(sources, given);
      assertBulkAllowed(sources.get(region.source).source, region.maxZoom);
      if (!allowDuplicate) {
        context.running.assertNoDuplicate(name, region);
        await assertNobodyDownloads(context, { store: name, region });
      }
      return background.start({ store: name, region, options });
    },
    check: async (region) => coverOf(readRegionOf(sources, region)).count,
    plan: (region, options) => planDownload(context, region, options),
    audit: async (given: DownloadableRegion) => auditRegion(store, name, readRegionOf(sources, given), scheduler.now()),
    repair: (region, options) => startDownload(context, name, region, { ...options, update: "stale" }),
    update: (region, options) => startDownload(context, name, region, { ...options, update: true }),
    cancel: () => cancelInto(context, name),
  };
}

/** Whoever resumes it meanwhile has to wait. */
async function bringToRest(context: RootContext, { id, pause }: Download): Promise<void> {
  while (isGoingOn(context, id)) await pause();
}

function isGoingOn({ running }: RootContext, id: string): boolean {
  const state = running.stateOf(id);
  return state !== undefined && state !== "paused";
}

async function cancelInto({ running }: RootContext, name: string): Promise<void> {
  const downloads = running.list().filter(({ store }) => store === name);
  await Promise.all(downloads.map(({ cancel }) => cancel()));
}
