import { type Cover, coverOf } from "../cover/cover.ts";
import { rectangle } from "../region/constructors.ts";
import { toDownloadable } from "../region/downloadable.ts";

/** All tiles of the world from one zoom to another. */
export function worldCover(minZoom: number, maxZoom: number): Cover {
  const world = rectangle({ north: 85, south: -85, west: -180, east: 180 });
  return coverOf(toDownloadable(world, { minZoom, maxZoom, source: "any" }));
}
