import type { Download } from "../ports/download.ts";
import type { RecoverableDownload } from "../root/recovery.ts";
import type { Root } from "../root/root.ts";
import type { RecoverableMessage, RemoteCalls } from "./protocol.ts";
import type { ServedDownloads } from "./served-downloads.ts";

/** What the near side may call, on a root. */
export function servedCalls(root: Root, downloads: ServedDownloads): RemoteCalls {
  const { recovery } = root;
  const manage = (store: string) => root.store(store).manage;
  const metadata = (store: string) => root.store(store).metadata;
  const into = (store: string) => root.store(store).download;
  // One that is not known is over, and its functions do nothing then.
  const of = (ref: number, go: (download: Download) => Promise<void>) => {
    const download = downloads.get(ref);
    return download === undefined ? Promise.resolve() : go(download);
  };
  const add = async (download: Promise<Download>) => downloads.add(await download);
  return {
    "root.stats": () => root.stats(),

    "store.stats": (store) => root.store(store).stats(),
    "manage.create": (store, limits) => manage(store).create(limits),
    "manage.exists": (store) => manage(store).exists(),
    "manage.delete": (store) => manage(store).delete(),
    "manage.rename": async (store, newName) => {
      await manage(store).rename(newName);
    },
    "manage.reset": (store) => manage(store).reset(),
    "manage.limits": (store) => manage(store).limits(),
    "manage.setLimits": (store, limits) => manage(store).setLimits(limits),
    "manage.latestTile": (store) => manage(store).latestTile(),
    "manage.removeRegion": (store, region, options) => manage(store).removeRegion(region, options),
    "manage.removeOlderThan": (store, time, options) => manage(store).removeOlderThan(time, options),
    "manage.evictOldest": (store, options) => manage(store).evictOldest(options),
    "metadata.read": (store) => metadata(store).read(),
    "metadata.set": (store, entries) => metadata(store).set(entries),
    "metadata.remove": (store, key) => metadata(store).remove(key),
    "metadata.reset": (store) => metadata(store).reset(),

    "downloads.startForeground": (ref, store, region, options) => {
      downloads.add(into(store).startForeground(region, options), ref);
    },
    "downloads.repair": (ref, store, region, options) => {
      downloads.add(into(store).repair(region, options), ref);
    },
    "downloads.update": (ref, store, region, options) => {
      downloads.add(into(store).update(region, options), ref);
    },
    "downloads.startBackground": (store, region, options) => add(into(store).startBackground(region, options)),
    "downloads.check": (store, region) => into(store).check(region),
    "downloads.plan": (store, region, options) => into(store).plan(region, options),
    "downloads.audit": (store, region) => into(store).audit(region),
    "downloads.cancel": (store) => into(store).cancel(),
    "downloads.list": async () => (await root.downloads.list()).map((download) => downloads.add(download)),
    "downloads.get": async (id) => {
      const download = await root.downloads.get(id);
      return download === undefined ? undefined : downloads.add(download);
    },

    "recovery.list": async () => (await recovery.list()).map(withoutFunctions),
    "recovery.failed": async () => (await recovery.failed()).map(withoutFunctions),
    "recovery.get": async (id) => {
      const recoverable = await recovery.get(id);
      return recoverable === undefined ? undefined : withoutFunctions(recoverable);
    },
    "recovery.resume": (id) => add(recovery.resume(id)),
    "recovery.retryFailed": (id) => add(recovery.retryFailed(id)),
    "recovery.failedTiles": (id, page) => recovery.failedTiles(id, page),
    "recovery.discard": (id) => recovery.discard(id),

    "download.pause": (ref) => of(ref, ({ pause }) => pause()),
    "download.resume": (ref) => of(ref, ({ resume }) => resume()),
    "download.cancel": (ref) => of(ref, ({ cancel }) => cancel()),
  };
}

export function withoutFunctions({
  resume: _resume,
  retryFailed: _retryFailed,
  discard: _discard,
  ...data
}: RecoverableDownload): RecoverableMessage {
  return data;
}
