import {
  acquireLease,
  assertLease,
  DownloadExistsError,
  DownloadNotFoundError,
  type DownloadRecord,
  type DownloadRecords,
  type Lease,
  renewLease,
} from "@fmtc/core";
import type { Connection, Tell } from "./connection.ts";
import { dropDownload } from "./drop-downloads.ts";
import { findStore, namedStore } from "./named-store.ts";
import { plainCopy } from "./plain-copy.ts";
import type { DownloadEntry, ReadTransaction, WriteTransaction } from "./schema.ts";

const PAGE = 500;
const NAMES = ["stores", "downloads"] as const;

export function downloadRecords({ read, write }: Connection): DownloadRecords {
  const find = (tx: ReadTransaction, id: string) => tx.objectStore("downloads").get(id);
  const setLease = async (tx: WriteTransaction, tell: Tell, entry: DownloadEntry, lease: Lease) => {
    await tx.objectStore("downloads").put({ ...entry, lease });
    tell("downloads", [await nameOf(tx, entry)]);
    return lease;
  };

  async function* failed(id: string) {
    let after = -1;
    for (;;) {
      const range = IDBKeyRange.bound([id, after], [id, Infinity], true);
      const page = await read(["failed"], (tx) => tx.objectStore("failed").getAll(range, PAGE));
      yield* page;
      after = page.at(-1)?.index ?? after;
      if (page.length < PAGE) return;
    }
  }

  return {
    put: (record) => {
      const { store: name, ...entry } = plainCopy(record);
      return write(NAMES, async (tx, tell) => {
        const store = await namedStore(tx, name);
        if ((await find(tx, entry.id)) !== undefined) throw new DownloadExistsError(entry.id);
        await tx.objectStore("downloads").put({ ...entry, storeId: store.id });
        tell("downloads", [name]);
      });
    },
    get: (id) =>
      read(NAMES, async (tx) => {
        const entry = await find(tx, id);
        return entry && recordOf(tx, entry);
      }),
    list: ({ store: name } = {}) =>
      read(NAMES, async (tx) => {
        const store = name === undefined ? undefined : await findStore(tx, name);
        if (name !== undefined && store === undefined) return [];
        const entries = await tx.objectStore("downloads").index("storeId").getAll(store?.id);
        const records = await Promise.all(entries.map((entry) => recordOf(tx, entry)));
        return records.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
      }),
    failed,
    remove: (id, { epoch } = {}) =>
      write([...NAMES, "failed"], async (tx, tell) => {
        const entry = await find(tx, id);
        if (entry === undefined) return false;
        if (epoch !== undefined) assertLease(id, entry.lease, epoch);
        await dropDownload(tx, id);
        tell("downloads", [await nameOf(tx, entry)]);
        return true;
      }),
    acquire: (id, request) =>
      write(NAMES, async (tx, tell) => {
        const entry = await find(tx, id);
        if (entry === undefined) throw new DownloadNotFoundError(id);
        return setLease(tx, tell, entry, acquireLease(id, entry.lease, request));
      }),
    renew: (id, renewal) =>
      write(NAMES, async (tx, tell) => {
        const entry = await find(tx, id);
        const lease = renewLease(id, entry?.lease, renewal);
        return entry === undefined ? lease : setLease(tx, tell, entry, lease);
      }),
    release: (id, { epoch }) =>
      write(NAMES, async (tx, tell) => {
        const entry = await find(tx, id);
        if (entry?.lease?.epoch === epoch) await setLease(tx, tell, entry, { ...entry.lease, expiresAt: 0 });
      }),
  };
}

/** The name of the store of a download. A record goes with its store, so there always is one. */
export async function nameOf(tx: ReadTransaction, { storeId }: DownloadEntry): Promise<string> {
  return (await tx.objectStore("stores").get(storeId))?.name ?? "";
}

async function recordOf(tx: ReadTransaction, entry: DownloadEntry): Promise<DownloadRecord> {
  const { storeId, ...record } = entry;
  return { ...record, store: await nameOf(tx, entry) };
}
