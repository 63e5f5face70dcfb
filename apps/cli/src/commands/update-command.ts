import { Command } from "@commander-js/extra-typings";
import { readDownloadFlags, withDownloadOptions } from "../downloads/download-options.ts";
import { runDownload } from "../downloads/run-download.ts";
import { wantedTiles } from "../downloads/wanted-tiles.ts";
import { withRegionOptions } from "../regions/region-options.ts";
import { withSourceOptions } from "../sources/source-options.ts";
import { assertStoreName } from "../stores/assert-store-name.ts";
import type { Perform } from "../surroundings.ts";
import { examples } from "./examples.ts";

/** `fmtc update`: asks whether the tiles of a region have changed. */
export function updateCommand(perform: Perform) {
  const command = new Command("update").argument("<STORE>", "a store that is there");
  return withDownloadOptions(withSourceOptions(withRegionOptions(command)))
    .usage("STORE REGION SOURCE")
    .summary("asks whether the tiles of a region have changed")
    .description(
      "Asks for all tiles of a region whether they have changed, which costs no bytes where they have not, and downloads what is missing.",
    )
    .addHelpText(
      "after",
      examples(
        [
          "fmtc update hiking --circle 51.5074,-0.1278,5km --zooms 8-14 --url 'https://tiles.example.org/{z}/{x}/{y}.png'",
          "What is around London:",
        ],
        ["fmtc update hiking --polygon park.geojson --zooms 10-16 --source topo --rate 2", "A park, slowly:"],
      ),
    )
    .action((store, options) =>
      perform(async (surroundings) => {
        assertStoreName(store);
        const flags = { ...readDownloadFlags(options), update: true };
        const { region, source, settings } = await wantedTiles(options, surroundings);
        const download = { store, region, source, options: flags, flags: options, creates: false };
        return runDownload(download, settings, surroundings);
      }),
    );
}
