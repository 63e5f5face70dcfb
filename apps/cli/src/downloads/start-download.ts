import type { Download, DownloadableRegion, DownloadOptions, RecoverableDownload, Root, TileStore } from "@fmtc/core";
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
 * command again after a crash wants it to go on. With other options it begins anew, without what is there.
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
  const before = options.recovery === false ? undefined : await sameDownload(root, store, name, region, options);
  if (before === undefined) return { download: download.startForeground(region, options), how: "anew" };
  if (before.state === "running-elsewhere") throw new DuplicateDownloadError(before.id, name);
  const record = await store.downloads.get(before.id);
  const id = shortId(before.id);
  if (record !== undefined && isAsWanted(record, options)) {
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

/** A download on record that gets the same in the same way. */
async function sameDownload(
  root: Root,
  store: TileStore,
  name: string,
  region: DownloadableRegion,
  { update = false }: DownloadOptions,
): Promise<RecoverableDownload | undefined> {
  const wanted = JSON.stringify(parseDownloadable(region));
  const ids = new Set<string>();
  for (const record of await store.downloads.list({ store: name })) {
    const isSame = JSON.stringify(parseDownloadable(record.region)) === wanted;
    if (isSame && (record.options.update ?? false) === update) ids.add(record.id);
  }
  // Of several, the one that came furthest.
  const same = (await root.recovery.list()).filter(({ id }) => ids.has(id));
  return same.sort((a, b) => b.attempted - a.attempted)[0];
}
