import { fetchTransport, openRoot, type Root, rectangle, toDownloadable } from "@fmtc/core";
import { openIdbStore } from "@fmtc/store-idb";

const region = toDownloadable(rectangle({ north: 60, south: -60, west: -179, east: 179 }), {
  minZoom: 14,
  maxZoom: 14,
  source: "bench",
});

let root: Promise<Root> | undefined;
let from = 0;

/** Downloads the next so many tiles into a database, and returns the milliseconds that it took. */
export async function fetchInto(database: string, origin: string, tiles: number): Promise<number> {
  root ??= open(database, origin);
  const { download } = (await root).store("bench");
  const part = { ...region, start: from + 1, end: from + tiles };
  from += tiles;
  const begun = performance.now();
  // In the bare loop of fetch and puts 200 are written while the next 200 come. Ours chooses how many it writes at a time.
  const { stored } = await download.startForeground(part, { parallel: 6, buffer: 400 }).done;
  if (stored !== tiles) throw new Error(`Of ${tiles} tiles ${stored} were stored.`);
  return performance.now() - begun;
}

async function open(database: string, origin: string): Promise<Root> {
  const opened = await openRoot({
    store: await openIdbStore(database),
    transport: fetchTransport(self),
    sources: [{ id: "bench", url: `${origin}/{z}/{x}/{y}.png`, seaTiles: [] }],
  });
  await opened.store("bench").manage.create();
  return opened;
}
