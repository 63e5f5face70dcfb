import { type DownloadProgress, fetchTransport, openRoot, rectangle, toDownloadable } from "@fmtc/core";
import { openIdbStore } from "@fmtc/store-idb";
import { sourceOf } from "./source.ts";

export interface PageTask {
  readonly database: string;
  /** Of the tile server. */
  readonly url: string;
  /** The id of the source: another one has other tiles. */
  readonly source: string;
}

export const regionOf = (source: string) =>
  toDownloadable(rectangle({ north: 60, south: 40, west: -10, east: 20 }), { minZoom: 0, maxZoom: 7, source });

/** Downloads a region into IndexedDB, wherever it is called: in a page or in a worker. */
export async function downloadInPage({ database, url, source }: PageTask): Promise<DownloadProgress> {
  const root = await openRoot({
    store: await openIdbStore(database),
    transport: fetchTransport(self),
    sources: [sourceOf(url, source)],
  });
  const hiking = root.store("hiking");
  await hiking.manage.create();
  const progress = await hiking.download.startForeground(regionOf(source), { parallel: 6, buffer: 50 }).done;
  await root.close();
  return progress;
}
