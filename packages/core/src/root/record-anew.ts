import { DownloadInProgressError } from "../errors/download-in-progress-error.ts";
import { DownloadNotFoundError } from "../errors/download-not-found-error.ts";
import { DuplicateDownloadError } from "../errors/duplicate-download-error.ts";
import type { DownloadRecord, Lease } from "../ports/download-record.ts";
import type { DownloadSettings } from "./download-settings.ts";
import { getsAllOf } from "./gets-all-of.ts";
import { isSameRegion } from "./is-same-region.ts";
import type { RootContext } from "./root-context.ts";
import { isHeld, takeLease } from "./take-lease.ts";

type Context = Pick<RootContext, "store" | "running" | "owner" | "leaseMs" | "scheduler">;
type NewRecord = Omit<DownloadRecord, "lease">;
type Place = Pick<NewRecord, "store" | "region">;
type Which = (record: DownloadRecord) => boolean;

/**
 * Records a download that begins, and takes its lease. It takes the place of those of the same region that nobody is at any more,
 * as they were interrupted or are paused elsewhere, if it gets all that they were to get.
 *
 * @throws DuplicateDownloadError if somebody is at one.
 */
export async function recordAnew(context: Context, record: NewRecord, settings: DownloadSettings): Promise<Lease> {
  const { id } = record;
  const { downloads } = context.store;
  const isReplaced: Which = (old) => getsAllOf(settings, old.options);
  const namesake = (await idleDownloadsOf(context, record)).find((each) => each.id === id);
  if (namesake !== undefined && isReplaced(namesake)) await downloads.remove(id, await takeLease(context, id));
  await downloads.put(record);
  try {
    return await takeBeforeOthers(context, record, isReplaced);
  } catch (error) {
    // It has not begun, so nobody needs it.
    await downloads.remove(id).catch(() => {});
    throw error;
  }
}

/** @throws DuplicateDownloadError if somebody downloads the region into the store: another process, or another page. */
export async function assertNobodyDownloads(context: Context, place: Place): Promise<void> {
  await idleDownloadsOf(context, place);
}

/**
 * Takes the leases of a new download and of all others of its region, everybody in the same order. So of two who begin at the
 * same moment, and see each other, one is the first at the first of them, and the other stops there.
 */
async function takeBeforeOthers(context: Context, record: NewRecord, isReplaced: Which): Promise<Lease> {
  const { id, store } = record;
  // What this root itself has begun meanwhile was to run beside it.
  const isElsewhere: Which = (other) => other.id !== id && context.running.get(other.id) === undefined;
  const others = await idleDownloadsOf(context, record, isElsewhere);
  const taken = new Map<string, Lease>();
  try {
    for (const each of [id, ...others.map((other) => other.id)].sort()) {
      const lease = await (each === id ? takeLease(context, id) : takeUnlessGone(context, each));
      if (lease !== undefined) taken.set(each, lease);
    }
  } catch (error) {
    for (const [each, lease] of taken) await release(context, each, lease);
    if (!DownloadInProgressError.isInstance(error) && !DownloadNotFoundError.isInstance(error)) throw error;
    const winner = await firstHeld(context, await downloadsOf(context, record, isElsewhere));
    throw new DuplicateDownloadError(winner?.id ?? error.download, store);
  }
  for (const other of others) {
    const lease = taken.get(other.id);
    if (lease !== undefined && isReplaced(other)) await remove(context, other.id, lease);
    else if (lease !== undefined) await release(context, other.id, lease);
  }
  return taken.get(id) as Lease;
}

/**
 * Those of the downloads of a region into a store that nobody is at.
 *
 * @throws DuplicateDownloadError if somebody is at one of `which`.
 */
async function idleDownloadsOf(
  context: Context,
  place: Place,
  which: Which = () => true,
): Promise<readonly DownloadRecord[]> {
  const records = await downloadsOf(context, place, which);
  const held = await firstHeld(context, records);
  if (held !== undefined) throw new DuplicateDownloadError(held.id, place.store);
  return records;
}

async function firstHeld(context: Context, records: readonly DownloadRecord[]): Promise<DownloadRecord | undefined> {
  for (const record of records) if (await isHeld(context, record.lease)) return record;
  return undefined;
}

async function downloadsOf(
  { store: { downloads } }: Context,
  { store, region }: Place,
  which: Which,
): Promise<readonly DownloadRecord[]> {
  return (await downloads.list({ store })).filter((record) => isSameRegion(record.region, region) && which(record));
}

async function takeUnlessGone(context: Context, id: string): Promise<Lease | undefined> {
  try {
    return await takeLease(context, id);
  } catch (error) {
    if (DownloadNotFoundError.isInstance(error)) return undefined;
    throw error;
  }
}

/** What cannot be removed now, the next one replaces. */
async function remove(context: Context, id: string, lease: Lease): Promise<void> {
  await context.store.downloads.remove(id, lease).catch(() => release(context, id, lease));
}

/** What cannot be released now is in nobody's way for longer than a lease. */
async function release({ store: { downloads } }: Context, id: string, lease: Lease): Promise<void> {
  await downloads.release(id, lease).catch(() => {});
}
