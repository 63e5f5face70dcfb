import type { DownloadOptions } from "../ports/download-options.ts";
import { type DownloadableRegion, parseDownloadable } from "../region/downloadable.ts";
import { readDownloadOptions } from "../root/download-settings.ts";
import type { RootStore, StoreDownloads, StoreManagement, StoreTexts } from "../root/root-store.ts";
import { connectedChanges } from "./connected-changes.ts";
import type { ConnectedDownloads } from "./connected-downloads.ts";
import type { Connection } from "./connection.ts";

/** What the parts of a connected root share. */
export interface NearContext {
  readonly connection: Connection;
  readonly downloads: ConnectedDownloads;
  readonly newId: () => string;
}

/** A named store of a connected root. */
export function connectedStore(context: NearContext, name: string): RootStore {
  const { connection } = context;
  return {
    name,
    manage: managementOf(context, name),
    stats: () => connection.call("store.stats", name),
    metadata: textsOf(context, name),
    download: downloadsOf(context, name),
    changes$: connectedChanges(connection.listen("store.changes", name)),
  };
}

function managementOf(context: NearContext, name: string): StoreManagement {
  const { connection } = context;
  return {
    create: (limits) => connection.call("manage.create", name, limits),
    exists: () => connection.call("manage.exists", name),
    delete: () => connection.call("manage.delete", name),
    rename: async (newName) => {
      await connection.call("manage.rename", name, newName);
      return connectedStore(context, newName);
    },
    reset: () => connection.call("manage.reset", name),
    limits: () => connection.call("manage.limits", name),
    setLimits: (limits) => connection.call("manage.setLimits", name, limits),
    latestTile: () => connection.call("manage.latestTile", name),
    removeRegion: async (region, options) =>
      connection.call("manage.removeRegion", name, parseDownloadable(region), options),
    removeOlderThan: (time, options) => connection.call("manage.removeOlderThan", name, time, options),
    evictOldest: (options) => connection.call("manage.evictOldest", name, options),
  };
}

function textsOf({ connection }: NearContext, name: string): StoreTexts {
  return {
    read: () => connection.call("metadata.read", name),
    set: (entries) => connection.call("metadata.set", name, entries),
    remove: (key) => connection.call("metadata.remove", name, key),
    reset: () => connection.call("metadata.reset", name),
  };
}

function downloadsOf({ connection, downloads, newId }: NearContext, name: string): StoreDownloads {
  const start = (
    verb: Parameters<ConnectedDownloads["start"]>[0],
    given: DownloadableRegion,
    options: DownloadOptions = {},
  ) => {
    connection.assertOpen();
    const wanted = givenOptions(options);
    const region = parseDownloadable(given);
    return downloads.start(verb, { id: wanted.id ?? newId(), store: name, region, options: wanted });
  };
  return {
    startForeground: (region, options) => start("downloads.startForeground", region, options),
    startBackground: async (given, options = {}) => {
      const wanted = givenOptions(options);
      const region = parseDownloadable(given);
      return downloads.of(await connection.call("downloads.startBackground", name, region, wanted));
    },
    check: async (region) => connection.call("downloads.check", name, parseDownloadable(region)),
    plan: async (region, options) => connection.call("downloads.plan", name, parseDownloadable(region), options),
    audit: async (region) => connection.call("downloads.audit", name, parseDownloadable(region)),
    repair: (region, options) => start("downloads.repair", region, options),
    update: (region, options) => start("downloads.update", region, options),
    cancel: () => connection.call("downloads.cancel", name),
  };
}

/**
 * The options that were given, as plain data.
 *
 * @throws OptionError
 */
function givenOptions(options: DownloadOptions): DownloadOptions {
  const names = new Set(Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name])));
  const settings = Object.entries(readDownloadOptions(options)).filter(([name]) => names.has(name));
  return { ...Object.fromEntries(settings), ...(options.id !== undefined && { id: options.id }) };
}
