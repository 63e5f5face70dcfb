import { coverOf } from "@fmtc/core";
import type { Demo } from "./demo.ts";
import type { DemoFiles } from "./demo-files.ts";
import { quiet, strong } from "./paint.ts";
import type { Children } from "./processes/children.ts";
import { fmtcIn } from "./processes/fmtc.ts";
import { startTileServer } from "./processes/tile-server.ts";
import { journey, journeyOptions, rideFile, SOURCE } from "./regions.ts";
import { countRegions } from "./steps/count-regions.ts";
import { downloadAndKill } from "./steps/download-and-kill.ts";
import { lookOffline } from "./steps/look-offline.ts";
import { resume } from "./steps/resume.ts";
import { suggestNext } from "./steps/suggest-next.ts";

/** So that a tile takes as long as one from near by, and there is a half-way. */
const LATENCY_MS = 10;

/** The product's main job, from counting to a map without a network. */
export async function runDemo(files: DemoFiles, children: Children): Promise<void> {
  const start = performance.now();
  console.log(
    `${strong("fmtc")} puts the tiles of map regions into local storage, so that the map is there without a network.`,
  );
  console.log("This is its main job, on this machine alone, in less than a minute.\n");

  const server = await startTileServer(children, LATENCY_MS);
  const { circle, radius, zooms } = journeyOptions;
  const demo: Demo = {
    files,
    fmtc: fmtcIn(files.userFolder, children),
    server,
    cover: coverOf(journey),
    options: {
      database: ["--db", files.typed(files.database)],
      source: ["--source", SOURCE, "--url", `${server.url}/xyz/{z}/{x}/{y}.png`],
      region: ["--circle", circle, "--line", files.typed(rideFile), "--radius", radius, "--zooms", zooms],
    },
  };
  await Promise.race([takeSteps(demo), server.lost]);
  console.log(quiet(`  All of this took ${Math.round((performance.now() - start) / 1000)} s.\n`));
  suggestNext(demo);
}

async function takeSteps(demo: Demo): Promise<void> {
  await countRegions(demo);
  const interrupted = await downloadAndKill(demo);
  await resume(demo, interrupted);
  await lookOffline(demo);
}
