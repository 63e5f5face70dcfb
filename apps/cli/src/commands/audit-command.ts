import { Command } from "@commander-js/extra-typings";
import type { RegionAudit } from "@fmtc/core";
import { readDownloadFlags, withDownloadOptions } from "../downloads/download-options.ts";
import { runDownload } from "../downloads/run-download.ts";
import { EXIT } from "../exit-code.ts";
import { quoted } from "../files/quoted.ts";
import { formatBytes } from "../output/format-bytes.ts";
import { formatCount } from "../output/format-count.ts";
import { table } from "../output/table.ts";
import { downloadableOf } from "../regions/downloadable-of.ts";
import { regionOf, type WantedRegion } from "../regions/region-of.ts";
import { withRegionOptions } from "../regions/region-options.ts";
import { readSettings, type Settings } from "../settings.ts";
import { chooseSource } from "../sources/choose-source.ts";
import { type SourceName, withSourceOptions } from "../sources/source-options.ts";
import { assertStore } from "../stores/assert-store.ts";
import { assertStoreName } from "../stores/assert-store-name.ts";
import { openDatabase } from "../stores/open-database.ts";
import { openTiles } from "../stores/open-tiles.ts";
import { storedSourceId } from "../stores/stored-source-id.ts";
import type { Perform } from "../surroundings.ts";
import { endingOnSignal } from "./ending-on-signal.ts";
import { examples } from "./examples.ts";

/** `fmtc audit`: what a store has of a region. */
export function auditCommand(perform: Perform) {
  const command = new Command("audit").argument("<STORE>", "a store that is there");
  return withDownloadOptions(withSourceOptions(withRegionOptions(command)))
    .option("--repair", "downloads what is missing, and asks whether what is stale has changed")
    .usage("STORE REGION [SOURCE]")
    .summary("what a store has of a region, and what is missing")
    .description(
      "Says what a store has of a region, what is stale and what is missing. It makes no request. Sea that was left out of the store counts as missing. The exit code is 3 if something is.",
    )
    .addHelpText(
      "after",
      examples(
        ["fmtc audit hiking --circle 51.5074,-0.1278,5km --zooms 8-14", "Of the only source in the store:"],
        [
          "fmtc audit hiking --polygon park.geojson --zooms 10-16 --repair --url 'https://tiles.example.org/{z}/{x}/{y}.png'",
          "And have it mended:",
        ],
      ),
    )
    .action((store, options) =>
      perform(async (surroundings) => {
        assertStoreName(store);
        const { output, globals, env, read } = surroundings;
        const flags = { ...readDownloadFlags(options), update: "stale" as const };
        const wanted = await regionOf(options, read);
        const settings = await readSettings(globals, env);
        if (options.repair !== true) {
          const audit = await auditOf(store, wanted, options, settings);
          output.result(auditText(audit), { store, ...audit });
          if (audit.present + audit.stale === 0) output.note(nothingThere(store, audit.source));
          return audit.missing > 0 ? EXIT.incomplete : EXIT.complete;
        }
        const source = chooseSource(options, settings.config, wanted.source);
        const region = downloadableOf(wanted, source);
        const audit = await auditOf(store, wanted, { ...options, source: source.id }, settings);
        output.note(auditText(audit));
        output.event({ event: "audit", store, ...audit });
        const download = { store, region, source, options: flags, flags: options, creates: false };
        return runDownload(download, settings, surroundings);
      }),
    );
}

async function auditOf(
  name: string,
  wanted: WantedRegion,
  options: SourceName,
  settings: Settings,
): Promise<RegionAudit & { readonly source: string }> {
  return endingOnSignal(async () => {
    const store = await openDatabase(settings);
    try {
      await assertStore(store, name);
      const id = await storedSourceId(options, wanted.source, settings.config, store, name);
      const root = await openTiles(store, { stored: id });
      return { source: id, ...(await root.store(name).download.audit(downloadableOf(wanted, { id, url: "" }))) };
    } finally {
      await store.close();
    }
  });
}

function nothingThere(store: string, source: string): string {
  return `Store ${quoted(store)} has no tile of source ${quoted(source)} in this region. fmtc list shows what it has.`;
}

function auditText({ max, present, stale, missing, bytes }: RegionAudit): string {
  return table([
    ["tiles", formatCount(max)],
    ["present", formatCount(present)],
    ["stale", formatCount(stale)],
    ["missing", formatCount(missing)],
    ["bytes", formatBytes(bytes)],
  ]);
}
