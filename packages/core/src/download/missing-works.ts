import type { Cover } from "../cover/cover.ts";
import type { RangeSet } from "../recovery/range-set.ts";
import { type LookUp, withInfos } from "./with-infos.ts";
import { type Work, WorkList } from "./work-list.ts";

const PAGE = 200;

/** The tiles of a cover that are not finished, in its order; with `lookUp`, each with what the store has of it. */
export function missingWorks(cover: Cover, source: string, finished: RangeSet, lookUp?: LookUp): WorkList {
  let cursor = cover.cursor();
  let next = 0;
  return new WorkList(async () => {
    const works: Work[] = [];
    while (works.length < PAGE) {
      const index = finished.nextMissing(next);
      if (index >= cover.count) break;
      if (index !== next) cursor = cover.cursor(index);
      cursor.next();
      works.push({ index, key: { source, z: cursor.z, x: cursor.x, y: cursor.y }, attempts: 0 });
      next = index + 1;
    }
    return withInfos(works, lookUp);
  });
}
