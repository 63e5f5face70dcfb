// The candidate: the engine, undici's transport and the SQLite store. Arguments: where tiles are, where they go, how many at a time.
import { openRoot, rectangle, toDownloadable } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { undiciTransport } from "@fmtc/transport-undici";
import { serveOrders } from "./serve-orders.ts";

const [, , origin = "", file = "", lanes = "32"] = process.argv;
const connections = Number(lanes);
const region = toDownloadable(rectangle({ north: 60, south: -60, west: -179, east: 179 }), {
  minZoom: 14,
  maxZoom: 14,
  source: "bench",
});

const root = await openRoot({
  store: await openSqliteStore(file),
  transport: undiciTransport({ appId: "bench/1.0", connections }),
  sources: [{ id: "bench", url: `${origin}/{z}/{x}/{y}.png`, seaTiles: [] }],
});
const store = root.store("bench");
await store.manage.create();

serveOrders(async ({ from, tiles }) => {
  const part = { ...region, start: from + 1, end: from + tiles };
  // As much at stake as the baseline has, which goes on until two batches of 200 wait to be written and a third is full. Of that
  // ours chooses how much it writes at a time.
  const { stored } = await store.download.startForeground(part, { parallel: connections, buffer: 600 }).done;
  if (stored !== tiles) throw new Error(`Of ${tiles} tiles ${stored} were stored.`);
});
