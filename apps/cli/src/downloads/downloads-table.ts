import type { RecoverableDownload } from "@fmtc/core";
import { formatCount } from "../output/format-count.ts";
import { oneLine } from "../output/one-line.ts";
import { table } from "../output/table.ts";
import { shortId } from "./short-id.ts";
import { stateWord } from "./state-word.ts";

/** Downloads for people, a line each. */
export function downloadsTable(downloads: readonly RecoverableDownload[]): string {
  return table(
    downloads.map(({ id, store, region, state, attempted, max, failed }) => [
      shortId(id),
      oneLine(store),
      oneLine(region.source),
      region.minZoom === region.maxZoom ? `${region.minZoom}` : `${region.minZoom}-${region.maxZoom}`,
      stateWord(state),
      `${formatCount(attempted)} of ${formatCount(max)}`,
      failed === 0 ? "" : formatCount(failed),
    ]),
    ["id", "store", "source", "zooms", "state", "tiles", "failed"],
  );
}
