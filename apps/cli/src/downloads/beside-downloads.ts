import type { RecoverableDownload } from "@fmtc/core";
import type { Beside } from "../beside.ts";
import { downloadValue } from "./download-value.ts";
import { downloadsTable } from "./downloads-table.ts";

/** Downloads to choose from, beside an error. */
export function besideDownloads(downloads: readonly RecoverableDownload[]): Beside {
  return { text: downloadsTable(downloads), value: { downloads: downloads.map(downloadValue) } };
}
