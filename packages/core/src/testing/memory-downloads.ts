import { DownloadExistsError } from "../errors/download-exists-error.ts";
import { DownloadNotFoundError } from "../errors/download-not-found-error.ts";
import type { Lease } from "../ports/download-record.ts";
import type { DownloadRecords } from "../ports/download-records.ts";
import { acquireLease, assertLease, renewLease } from "../store/lease.ts";
import { copyOf, type MemoryDatabase, type MemoryDownload, namedStore } from "./memory-database.ts";

export function memoryDownloads(database: MemoryDatabase): DownloadRecords {
  const { downloads, changes } = database;
  const changed = (store: string) => changes.next({ kind: "downloads", stores: [store] });
  const setLease = (download: MemoryDownload, lease: Lease) => {
    download.record = { ...download.record, lease };
    changed(download.record.store);
    return { ...lease };
  };

  return {
    put: async (record) => {
      namedStore(database, record.store);
      if (downloads.has(record.id)) throw new DownloadExistsError(record.id);
      downloads.set(record.id, { record: copyOf(record), failed: new Map() });
      changed(record.store);
    },
    get: async (id) => {
      const download = downloads.get(id);
      return download === undefined ? undefined : copyOf(download.record);
    },
    list: async ({ store } = {}) =>
      [...downloads.values()]
        .map(({ record }) => copyOf(record))
        .filter((record) => store === undefined || record.store === store)
        .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    failed: async function* (id) {
      const failed = [...(downloads.get(id)?.failed.values() ?? [])];
      for (const tile of failed.sort((a, b) => a.index - b.index)) yield { ...tile };
    },
    remove: async (id, { epoch } = {}) => {
      const download = downloads.get(id);
      if (download === undefined) return false;
      if (epoch !== undefined) assertLease(id, download.record.lease, epoch);
      downloads.delete(id);
      changed(download.record.store);
      return true;
    },
    acquire: async (id, request) => {
      const download = downloads.get(id);
      if (download === undefined) throw new DownloadNotFoundError(id);
      return setLease(download, acquireLease(id, download.record.lease, request));
    },
    renew: async (id, renewal) => {
      const download = downloads.get(id);
      const lease = renewLease(id, download?.record.lease, renewal);
      return download === undefined ? lease : setLease(download, lease);
    },
    release: async (id, { epoch }) => {
      const download = downloads.get(id);
      const lease = download?.record.lease;
      if (download !== undefined && lease?.epoch === epoch) setLease(download, { ...lease, expiresAt: 0 });
    },
  };
}
