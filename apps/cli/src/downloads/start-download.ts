import type {
  Download,
  DownloadableRegion,
  DownloadOptions,
  DownloadRecord,
  RecoverableDownload,
  Root,
  TileStore,
} from "@fmtc/core";
import { DuplicateDownloadError, parseDownloadable } from "@fmtc/core";
import { formatCount } from "../output/format-count.ts";
import type { Output } from "../output/output.ts";
import { isAsWanted } from "./is-as-wanted.ts";
import { shortId } from "./short-id.ts";
import type { StartedHow } from "./started-event.ts";

export interface DownloadRequest {
  readonly store: string;
  readonly region: DownloadableRegion;
  readonly options: DownloadOptions;
}

export interface StartedDownload {
  readonly download: Download;
  readonly how: StartedHow;
}

/**
 * Starts a download; or goes on with the one of the same region, into the same store, that was interrupted: who gives a
 * command again after a crash wants it to go on. With other options it begins anew.
 *
 * @throws DuplicateDownloadError if another runs it.
 */
export async function startDownload(
  root: Root,
  store: TileStore,
  { store: name, region, options }: DownloadRequest,
  output: Output,
): Promise<StartedDownload> {
  const { download } = root.store(name);
  const same = options.recovery === false ? undefined : await sameDownload(root, store, name, region, options);
  if (same === undefined) return { download: download.startForeground(region, options), how: "anew" };
  const { before, record } = same;
  if (before.state === "running-elsewhere") throw new DuplicateDownloadError(before.id, name);
  const id = shortId(before.id);
  if (isAsWanted(record, options)) {
    output.note(`${goesOn(before)} (${id}).`);
    return before.state === "incomplete"
      ? { download: await before.retryFailed(), how: "again" }
      : { download: await before.resume(), how: "goesOn" };
  }
  output.note(`Begins anew, as download ${id} had other options.`);
  await before.discard();
  return { download: download.startForeground(region, options), how: "anew" };
}

function goesOn({ state, attempted, max, failed }: RecoverableDownload): string {
  if (state === "incomplete") return `Asks again for ${formatCount(failed)} tiles that have failed`;
  return `Goes on after ${formatCount(attempted)} of ${formatCount(max)} tiles`;
}

interface SameDownload {
  readonly before: RecoverableDownload;
  readonly record: DownloadRecord;
}

/** A download on record that gets the same in the same way: of several, the one that came furthest. */
async function sameDownload(
  root: Root,
  store: TileStore,
  name: string,
  region: DownloadableRegion,
  { update = false }: DownloadOptions,
): Promise<SameDownload | undefined> {
  const wanted = JSON.stringify(parseDownloadable(region));
  const records = new Map<string, DownloadRecord>();
  for (const record of await store.downloads.list({ store: name })) {
    const isSame = JSON.stringify(parseDownloadable(record.region)) === wanted;
    if (isSame && (record.options.update ?? false) === update) records.set(record.id, record);
  }
  const same = (await root.recovery.list()).flatMap((before) => {
    const record = records.get(before.id);
    return record === undefined ? [] : [{ before, record }];
  });
  return same.sort((a, b) => b.before.attempted - a.before.attempted)[0];
}
