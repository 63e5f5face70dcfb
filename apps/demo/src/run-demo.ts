import { coverOf } from "@fmtc/core";
import type { Demo } from "./demo.ts";
import { DemoError } from "./demo-error.ts";
import type { DemoFiles } from "./demo-files.ts";
import { quiet, strong } from "./paint.ts";
import { Children } from "./processes/children.ts";
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

/** Many times as long as it takes. A download waits for a network for ever. */
const LIMIT_MS = 180_000;

/**
 * The product's main job, from counting to a map without a network. Whatever aborts `over` ends all that has been
 * started at once; the steps end with what they wait for, and this rejects with the reason. Nothing outlives it.
 */
export async function runDemo(files: DemoFiles, over: AbortController, limitMs = LIMIT_MS): Promise<void> {
  const start = performance.now();
  const children = new Children(over.signal);
  const limit = setTimeout(() => {
    const seconds = Math.round(limitMs / 1000);
    over.abort(
      new DemoError(`The demo was not done after ${seconds} s, and has given up: see above what it waited for.`),
    );
  }, limitMs);
  try {
    console.log(
      `${strong("fmtc")} puts the tiles of map regions into local storage, so that the map is there without a network.`,
    );
    console.log("This is its main job, on this machine alone. As a rule it takes less than half a minute.\n");

    const server = await startTileServer(children, LATENCY_MS);
    void server.lost.then(() => {
      over.abort(
        new DemoError("The tile server has ended in the middle of the demo: its own words, if any, are above."),
      );
    });
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
    await countRegions(demo);
    const interrupted = await downloadAndKill(demo);
    await resume(demo, interrupted);
    await lookOffline(demo);
    over.signal.throwIfAborted();

    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(quiet(`  All of this took ${seconds} s. Tiles and picture are in ${files.typed(files.folder)}.\n`));
    suggestNext(demo);
  } catch (error) {
    // What goes wrong after the end has been called follows from that.
    throw over.signal.aborted ? over.signal.reason : error;
  } finally {
    clearTimeout(limit);
    await children.end();
  }
}
