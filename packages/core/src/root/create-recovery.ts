import { startWith, switchMap } from "rxjs";
import { COVER_ORDER } from "../cover/cover-order.ts";
import { describe } from "../errors/describe.ts";
import { DownloadInProgressError } from "../errors/download-in-progress-error.ts";
import { DownloadNotFoundError } from "../errors/download-not-found-error.ts";
import { DownloadUnfinishedError } from "../errors/download-unfinished-error.ts";
import { OptionError } from "../errors/option-error.ts";
import type { Download } from "../ports/download.ts";
import type { DownloadRecord, FailedTile, Lease } from "../ports/download-record.ts";
import { RangeSet } from "../recovery/range-set.ts";
import { watchChanges } from "../store/watch-changes.ts";
import { failuresOf, stateOf } from "./recoverable-state.ts";
import type { FailedTilesPage, RecoverableDownload, Recovery } from "./recovery.ts";
import type { RootContext } from "./root-context.ts";
import { continueDownload, startDownload } from "./start-download.ts";
import { isHeld, takeLease } from "./take-lease.ts";

const REPORT_MS = 500;

type TakeUp = (record: DownloadRecord, lease: Lease) => Download | Promise<Download>;

/** The recovery of a root. */
export function createRecovery(context: RootContext): Recovery {
  const { store, running, scheduler } = context;
  /** Those that are being taken up, so that two who ask at once get the same. */
  const takingUp = new Map<string, Promise<Download>>();

  const readAll = async () => {
    const records = await store.downloads.list();
    return Promise.all(records.map(recoverable));
  };

  const list = async () => {
    running.assertOpen();
    return readAll();
  };

  const resume = async (id: string): Promise<Download> => {
    running.assertOpen();
    const here = running.get(id);
    if (here !== undefined) {
      await here.resume();
      return here;
    }
    return takeUp(id, continueMissing);
  };

  const retryFailed = async (id: string): Promise<Download> => {
    running.assertOpen();
    const here = running.get(id);
    if (here === undefined) {
      return takeUp(id, (record, lease) => {
        assertThrough(record);
        return continueDownload(context, record, lease, "failed");
      });
    }
    // With nothing else to do, it is at that already.
    const record = await store.downloads.get(id);
    if (record !== undefined) assertThrough(record);
    return here;
  };

  const takeUp = (id: string, go: TakeUp): Promise<Download> => {
    const download = takingUp.get(id) ?? takeLeaseAnd(id, go).finally(() => takingUp.delete(id));
    takingUp.set(id, download);
    return download;
  };

  /** Takes the lease first: only what is read under it stays true. */
  const takeLeaseAnd = async (id: string, go: TakeUp): Promise<Download> => {
    const lease = await takeLease(context, id);
    try {
      const record = await store.downloads.get(id);
      if (record === undefined) throw new DownloadNotFoundError(id);
      return await go(record, lease);
    } catch (error) {
      // Why it could not be released matters less.
      await store.downloads.release(id, lease).catch(() => {});
      throw error;
    }
  };

  const continueMissing = async (record: DownloadRecord, lease: Lease): Promise<Download> => {
    if (record.coverOrder === COVER_ORDER) return continueDownload(context, record, lease, "missing");
    // Its places mean other tiles than ours. What the store has is skipped, so starting anew asks for what is missing alone.
    const { store: name, region, options } = record;
    const download = startDownload(context, name, region, { ...options, skipExisting: true, allowDuplicate: true });
    await store.downloads.remove(record.id, lease);
    return download;
  };

  const discard = async (id: string): Promise<boolean> => {
    running.assertOpen();
    const here = running.get(id);
    if (here !== undefined) {
      await here.cancel();
      return true;
    }
    const record = await store.downloads.get(id);
    if (record?.lease !== undefined && (await isHeld(context, record.lease))) {
      throw new DownloadInProgressError(id, record.lease);
    }
    return store.downloads.remove(id);
  };

  const recoverable = async (record: DownloadRecord): Promise<RecoverableDownload> => {
    const { id, progress } = record;
    return {
      id,
      store: record.store,
      region: record.region,
      state: await stateOf(context, record),
      createdAt: record.createdAt,
      updatedAt: progress.updatedAt,
      max: record.total,
      attempted: new RangeSet(progress.finished).size,
      failed: failuresOf(progress),
      resume: () => resume(id),
      retryFailed: () => retryFailed(id),
      discard: () => discard(id),
    };
  };

  return {
    list,
    failed: async () => (await list()).filter(({ state }) => state === "failed"),
    get: async (id) => {
      running.assertOpen();
      const record = await store.downloads.get(id);
      return record === undefined ? undefined : recoverable(record);
    },
    resume,
    retryFailed,
    failedTiles: (id, page) => failedTiles(context, id, page),
    discard,
    changes$: watchChanges(store, { kinds: ["downloads", "stores"], intervalMs: REPORT_MS, scheduler }).pipe(
      startWith(undefined),
      // While its root closes there are changes still.
      switchMap(readAll),
    ),
  };
}

/** @throws DownloadUnfinishedError */
function assertThrough({ id, total, progress }: DownloadRecord): void {
  const missing = total - new RangeSet(progress.finished).size;
  if (missing > 0) throw new DownloadUnfinishedError(id, missing);
}

async function failedTiles(
  { store, running }: RootContext,
  id: string,
  { after = -1, limit = 1_000 }: FailedTilesPage = {},
): Promise<readonly FailedTile[]> {
  running.assertOpen();
  if (!Number.isInteger(limit) || limit < 1) {
    throw new OptionError("limit", limit, `is ${describe(limit)}, but must be a whole number of 1 or more.`);
  }
  const page: FailedTile[] = [];
  for await (const tile of store.downloads.failed(id)) {
    if (tile.index <= after) continue;
    page.push(tile);
    if (page.length === limit) break;
  }
  return page;
}
