import type { FailedTile } from "../ports/download-record.ts";
import type { FailReason } from "../ports/tile-event.ts";
import { POSTPONED } from "./failed-tile-of.ts";
import { type LookUp, withInfos } from "./with-infos.ts";
import { type Work, WorkList } from "./work-list.ts";

const PAGE = 200;

/** The tiles of a download that have failed: all, or only those that were postponed. */
export function failedWorks(
  failed: AsyncIterable<FailedTile>,
  source: string,
  which: "all" | "postponed",
  lookUp?: LookUp,
): WorkList {
  const tiles = failed[Symbol.asyncIterator]();
  return new WorkList(async () => {
    const works: Work[] = [];
    while (works.length < PAGE) {
      const { done, value } = await tiles.next();
      if (done === true) break;
      const { index, z, x, y, attempts, reason } = value;
      if (which === "postponed" && reason !== POSTPONED) continue;
      works.push({ index, key: { source, z, x, y }, attempts, failedAs: reason as FailReason | typeof POSTPONED });
    }
    return withInfos(works, lookUp);
  });
}
