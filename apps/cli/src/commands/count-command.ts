import { Command } from "@commander-js/extra-typings";
import { coverOf } from "@fmtc/core";
import { EXIT } from "../exit-code.ts";
import { formatCount } from "../output/format-count.ts";
import { table } from "../output/table.ts";
import { downloadableOf } from "../regions/downloadable-of.ts";
import { regionOf } from "../regions/region-of.ts";
import { withRegionOptions } from "../regions/region-options.ts";
import { readSettings } from "../settings.ts";
import type { Perform } from "../surroundings.ts";
import { examples } from "./examples.ts";

/** No tile of it is asked for. */
const NO_SOURCE = { id: "any", url: "" };

/** `fmtc count`: how many tiles a region has. */
export function countCommand(perform: Perform) {
  return withRegionOptions(new Command("count"))
    .usage("REGION")
    .summary("how many tiles a region has, by zoom")
    .description("Counts the tiles of a region, by zoom. It makes no request, and no file.")
    .addHelpText(
      "after",
      examples(
        ["fmtc count --circle 51.5074,-0.1278,5km --zooms 8-14", "Around London, from the region down to the streets:"],
        [
          "fmtc count --line walk.gpx --radius 500m --bbox 11,47,11.5,47.5 --zooms 10-16",
          "Along a walk, and the valley around it:",
        ],
      ),
    )
    .action((options) =>
      perform(async ({ output, read, globals, env }) => {
        // It needs nothing of them, but whoever names a file that is not there should hear of it.
        await readSettings(globals, env);
        const cover = coverOf(downloadableOf(await regionOf(options, read), NO_SOURCE));
        const byZoom = [...cover.countByZoom];
        const rows = byZoom.map(([zoom, count]) => [`${zoom}`, formatCount(count)]);
        const text = table([...rows, ["all", formatCount(cover.count)]], ["zoom", "tiles"]);
        output.result(text, { tiles: cover.count, tilesByZoom: Object.fromEntries(byZoom) });
        return EXIT.complete;
      }),
    );
}
