import type { RecoverableDownload } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { MissingError } from "../missing-error.ts";
import { UsageError } from "../usage-error.ts";
import { downloadsTable } from "./downloads-table.ts";

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
    const hint =
      downloads.length === 0 ? "There are no downloads on record" : `There is:\n${downloadsTable(downloads)}`;
    throw new MissingError(`There is no download ${quoted(id)}. ${hint}${downloads.length === 0 ? "." : ""}`);
  }
  if (others.length === 0) return first;
  throw new UsageError(`Several downloads begin with ${quoted(id)}. Give more of its id:\n${downloadsTable(found)}`);
}
