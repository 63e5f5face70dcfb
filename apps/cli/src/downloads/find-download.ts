import type { RecoverableDownload } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { MissingError } from "../missing-error.ts";
import { UsageError } from "../usage-error.ts";
import { besideDownloads } from "./beside-downloads.ts";

/**
 * The download of an id, or of the beginning of one if there are no others like it.
 *
 * @throws MissingError if there is none, UsageError if there are several.
 */
export function findDownload(downloads: readonly RecoverableDownload[], id: string): RecoverableDownload {
  const found = id === "" ? [] : downloads.filter((download) => download.id.startsWith(id));
  const [first, ...others] = found;
  const exact = found.find((download) => download.id === id);
  if (exact !== undefined) return exact;
  if (first === undefined) {
    const problem = `There is no download ${quoted(id)}`;
    if (downloads.length === 0) throw new MissingError(`${problem}, and no other on record.`);
    throw new MissingError(`${problem}: name one of those there are.`, besideDownloads(downloads));
  }
  if (others.length === 0) return first;
  throw new UsageError(`Several downloads begin with ${quoted(id)}. Give more of its id.`, besideDownloads(found));
}
