import type { FailedTile } from "../ports/download-record.ts";
import { type Work, WorkList } from "./work-list.ts";

const PAGE = 200;

/** The tiles of a download that had failed for now, from its record. */
export function postponedWorks(failed: AsyncIterable<FailedTile>, source: string): WorkList {
  const tiles = failed[Symbol.asyncIterator]();
  return new WorkList(async () => {
    const works: Work[] = [];
    while (works.length < PAGE) {
      const { done, value } = await tiles.next();
      if (done === true) break;
      if (value.reason !== POSTPONED) continue;
      const { index, z, x, y, attempts } = value;
      works.push({ index, key: { source, z, x, y }, attempts, wasPostponed: true });
    }
    return works;
  });
}

/** The reason of a failed tile that is tried once more at the end. */
export const POSTPONED = "postponed";
