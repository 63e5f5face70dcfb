import { DownloadNotFoundError } from "../errors/download-not-found-error.ts";
import { DuplicateDownloadError } from "../errors/duplicate-download-error.ts";
import type { DownloadRecord, Lease } from "../ports/download-record.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";
import { isSameRegion } from "./is-same-region.ts";
import type { RootContext } from "./root-context.ts";
import { isHeld, takeLease } from "./take-lease.ts";

type Context = Pick<RootContext, "store" | "owner" | "leaseMs" | "scheduler">;

/**
 * Records a download that begins. It takes the place of those of the same region that nobody is at any more, as they were
 * interrupted or are paused elsewhere: what they have stored, it skips, and what they lack, it gets.
 *
 * @throws DuplicateDownloadError if somebody is at one.
 */
export async function recordAnew(context: Context, record: Omit<DownloadRecord, "lease">): Promise<void> {
  const { downloads } = context.store;
  const replaced: { readonly id: string; readonly lease: Lease }[] = [];
  try {
    for (const id of await idleDownloadsOf(context, record.store, record.region)) {
      const lease = await takeUnlessGone(context, id);
      if (lease !== undefined) replaced.push({ id, lease });
    }
    await downloads.put(record);
  } catch (error) {
    // Why they could not be released matters less.
    for (const { id, lease } of replaced) await downloads.release(id, lease).catch(() => {});
    throw error;
  }
  for (const { id, lease } of replaced) await downloads.remove(id, lease);
}

/**
 * The ids of those that download a region into a store and that nobody is at.
 *
 * @throws DuplicateDownloadError if somebody is at one: another process, or another page.
 */
export async function idleDownloadsOf(
  context: Context,
  store: string,
  region: DownloadableRegion,
): Promise<readonly string[]> {
  const records = await context.store.downloads.list({ store });
  const same = records.filter((record) => isSameRegion(record.region, region));
  for (const { id, lease } of same) if (await isHeld(context, lease)) throw new DuplicateDownloadError(id, store);
  return same.map(({ id }) => id);
}

async function takeUnlessGone(context: Context, id: string): Promise<Lease | undefined> {
  try {
    return await takeLease(context, id);
  } catch (error) {
    if (DownloadNotFoundError.isInstance(error)) return undefined;
    throw error;
  }
}
