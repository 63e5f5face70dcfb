import { Command } from "@commander-js/extra-typings";
import type { RegionAudit } from "@fmtc/core";
import { readDownloadFlags, withPace } from "../downloads/download-options.ts";
import { wantedTiles } from "../downloads/wanted-tiles.ts";
import { whole } from "../options/whole.ts";
import { formatBytes } from "../output/format-bytes.ts";
import { formatCount } from "../output/format-count.ts";
import { formatDuration } from "../output/format-duration.ts";
import { formatRate } from "../output/format-rate.ts";
import { table } from "../output/table.ts";
import { withRegionOptions } from "../regions/region-options.ts";
import { withSourceOptions } from "../sources/source-options.ts";
import { contactOf, openTiles } from "../stores/open-tiles.ts";
import { openPlanningStore } from "../stores/planning-store.ts";
import type { Perform } from "../surroundings.ts";
import { endingOnSignal } from "./ending-on-signal.ts";
import { examples } from "./examples.ts";
import { exitCodeOf, type ToldPlan, toldOf, WRITING_BYTES } from "./told-plan.ts";

const SAMPLES = 3;

/** `fmtc plan`: what a download would take. */
export function planCommand(perform: Perform) {
  return withPace(withSourceOptions(withRegionOptions(new Command("plan").argument("[STORE]", "the store it is for"))))
    .option("--samples <N>", `tiles of each zoom that are fetched to estimate by (default: ${SAMPLES}; 0: no request)`)
    .usage("[STORE] REGION SOURCE")
    .summary("what a download would take")
    .description(
      "Says what a download would take: tiles, bytes, time, whether it fits and whether it is allowed. It fetches a few tiles as samples, and stores nothing. The exit code is 1 if it does not fit, or if no sample could be had.",
    )
    .addHelpText(
      "after",
      examples(
        [
          "fmtc plan --circle 51.5074,-0.1278,5km --zooms 8-14 --url 'https://tiles.example.org/{z}/{x}/{y}.png'",
          "Around London:",
        ],
        [
          "fmtc plan hiking --line walk.gpx --radius 500m --zooms 10-16 --source topo --rate 2",
          "What is missing, at two tiles a second:",
        ],
      ),
    )
    .action((name, options) =>
      perform(async (surroundings) => {
        const { parallel, rateLimit } = readDownloadFlags(options);
        const samplesPerZoom = whole("--samples", options.samples, 0, 100) ?? SAMPLES;
        const { region, source, settings } = await wantedTiles(options, surroundings);
        const contact = contactOf(options.contact, settings.config);
        return endingOnSignal(async () => {
          const store = await openPlanningStore(settings);
          const failures: string[] = [];
          const onFailure = (why: string) => failures.push(why);
          const root = await openTiles(store, { sources: [source], contact, onFailure });
          try {
            const { download, manage } = root.store(name ?? "");
            const plan = await download.plan(region, { samplesPerZoom, parallel, rateLimit });
            const audit = name && (await manage.exists()) ? await download.audit(region) : undefined;
            const told = toldOf(plan, audit, failures);
            surroundings.output.result(planText(told, audit), planValue(told, audit, source.id));
            return exitCodeOf(told);
          } finally {
            await root.close();
          }
        });
      }),
    );
}

function planText(plan: ToldPlan, audit: RegionAudit | undefined): string {
  const { durationMs, tilesPerSecond, availableBytes, bytes, refusal, problem } = plan;
  const rows: (readonly [string, string])[] = [["tiles", formatCount(plan.tiles)]];
  if (audit !== undefined) {
    rows.push(["of them there", `${formatCount(audit.present + audit.stale)}, ${formatCount(audit.missing)} missing`]);
  }
  rows.push(["bytes", bytesText(plan)]);
  if (bytes !== undefined && problem !== undefined) rows.push(["samples", `some did not come: ${problem}`]);
  if (durationMs !== undefined && tilesPerSecond !== undefined) {
    rows.push(["time", `${formatDuration(durationMs)} for all of them, at ${formatRate(tilesPerSecond)}`]);
  }
  if (availableBytes !== undefined) rows.push(["room", `${formatBytes(availableBytes)}${fitText(plan.fits)}`]);
  rows.push(["allowed", refusal ?? "yes, as far as is known"]);
  return table(rows);
}

function bytesText({ bytes, isAllowed, problem }: ToldPlan): string {
  if (bytes !== undefined) {
    return `${formatBytes(bytes.likely)}, between ${formatBytes(bytes.low)} and ${formatBytes(bytes.high)}`;
  }
  if (!isAllowed) return "not known, as none may be asked for";
  return problem === undefined ? "not known without samples" : `not known, as no sample came: ${problem}`;
}

function fitText(fits: boolean | undefined): string {
  if (fits === undefined) return "";
  return fits ? ": it fits" : `: it does not fit, as writing takes ${formatBytes(WRITING_BYTES)} beside the tiles`;
}

function planValue(plan: ToldPlan, audit: RegionAudit | undefined, source: string): object {
  return {
    source,
    ...plan,
    tilesByZoom: Object.fromEntries(plan.tilesByZoom),
    ...(audit !== undefined && { present: audit.present + audit.stale, missing: audit.missing }),
  };
}
