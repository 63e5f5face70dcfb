import { openRoot, rectangle, toDownloadable } from "@fmtc/core";
import { openMemoryStore, scriptedTransport, statusResponse, tileResponse } from "@fmtc/core/testing";
import { createInterrupts } from "../../src/follow/create-interrupts.ts";
import { followDownload } from "../../src/follow/follow-download.ts";
import { createOutput } from "../../src/output/create-output.ts";

/** A download to follow in a process of its own: `MODE MAXZOOM DELAYMS`, and every seventh tile is not there. */
const [mode = "human", maxZoom = "4", delayMs = "5"] = process.argv.slice(2);

const output = createOutput({
  mode: mode === "json" || mode === "quiet" ? mode : "human",
  color: true,
  stdout: process.stdout,
  stderr: process.stderr,
});
const interrupts = createInterrupts(() => output.live(""));
let asked = 0;
const transport = scriptedTransport({
  delayMs: Number(delayMs),
  answer: ({ url }) => {
    asked += 1;
    return asked % 7 === 0 ? statusResponse(404) : tileResponse(url);
  },
});
const store = await openMemoryStore();
const topo = { id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}", seaTiles: [] };
const root = await openRoot({ store, transport, sources: [topo] });
const hiking = root.store("hiking");
await hiking.manage.create();
const bounds = rectangle({ north: 80, south: -80, west: -180, east: 180 });
const region = toDownloadable(bounds, { minZoom: 0, maxZoom: Number(maxZoom), source: "topo" });
const download = hiking.download.startForeground(region, { reportIntervalMs: 50 });
process.exitCode = await followDownload(download, {
  output,
  interrupts,
  title: "hiking: tiles of topo",
  resumeCommand: "fmtc resume 1f3a",
});
await root.close();
interrupts.close();
await output.close();
