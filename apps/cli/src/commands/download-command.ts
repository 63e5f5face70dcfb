import { Command } from "@commander-js/extra-typings";
import { readDownloadFlags, withDownloadOptions } from "../downloads/download-options.ts";
import { runDownload } from "../downloads/run-download.ts";
import { wantedTiles } from "../downloads/wanted-tiles.ts";
import { withRegionOptions } from "../regions/region-options.ts";
import { withSourceOptions } from "../sources/source-options.ts";
import { assertStoreName } from "../stores/assert-store-name.ts";
import type { Perform } from "../surroundings.ts";
import { examples } from "./examples.ts";

/** `fmtc download`: gets what a store lacks of a region. */
export function downloadCommand(perform: Perform) {
  const command = new Command("download").argument("<STORE>", "a name for the tiles; it is made if there is none");
  return withDownloadOptions(withSourceOptions(withRegionOptions(command)))
    .option("--all", "fetches also what is there already")
    .usage("STORE REGION SOURCE")
    .summary("downloads the tiles of a region that a store lacks")
    .description(
      "Downloads the tiles of a region that a store lacks, and makes the store if there is none. Ctrl-C pauses. The same command again goes on where it was interrupted, and so does fmtc resume.",
    )
    .addHelpText(
      "after",
      examples(
        [
          "fmtc download hiking --circle 51.5074,-0.1278,5km --zooms 8-14 --url 'https://tiles.example.org/{z}/{x}/{y}.png'",
          "Around London:",
        ],
        [
          "fmtc download hiking --line walk.gpx --radius 500m --zooms 10-16 --source topo --rate 2",
          "Along a walk, from a source of fmtc.config.json, at two tiles a second:",
        ],
        [
          "fmtc download city --bbox -0.5,51.2,0.3,51.7 --zooms 12 --url 'https://{s}.example.org/{z}/{x}/{y}.png?key={key}' --param s=a,b --param key=1234",
          "From servers a and b, with a key:",
        ],
        [
          "fmtc download plots --bbox 11,47,11.1,47.1 --zooms 16 --source plots --url 'https://maps.example.org/wms?service=WMS&request=GetMap&version=1.1.1&layers=plots&styles=&srs=EPSG:3857&format=image/png&width=256&height=256&bbox={bbox-epsg-3857}'",
          "From a WMS, whose URL says by its query which map it is, so that it needs a name:",
        ],
      ),
    )
    .action((store, options) =>
      perform(async (surroundings) => {
        assertStoreName(store);
        const flags = readDownloadFlags(options);
        const { region, source, settings } = await wantedTiles(options, surroundings);
        const download = { store, region, source, options: flags, flags: options, creates: true };
        return runDownload(download, settings, surroundings);
      }),
    );
}
