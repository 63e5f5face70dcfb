import { Command } from "@commander-js/extra-typings";
import type { RecoverableDownload, Root, TileStore } from "@fmtc/core";
import { besideDownloads } from "../downloads/beside-downloads.ts";
import { commandToResume } from "../downloads/command-to-resume.ts";
import { findDownload } from "../downloads/find-download.ts";
import { shortId } from "../downloads/short-id.ts";
import { sourcesToResume } from "../downloads/sources-to-resume.ts";
import { startedEvent } from "../downloads/started-event.ts";
import { titleOf } from "../downloads/title-of.ts";
import { reportOf } from "../error-report.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { followDownload } from "../follow/follow-download.ts";
import type { Interrupts } from "../follow/interrupts.ts";
import { withInterrupts } from "../follow/with-interrupts.ts";
import { formatCount } from "../output/format-count.ts";
import { namedFiles, readSettings } from "../settings.ts";
import { type SourceOptions, withSourceOptions } from "../sources/source-options.ts";
import { openDatabase } from "../stores/open-database.ts";
import { contactOf, openTiles } from "../stores/open-tiles.ts";
import type { Perform, Surroundings } from "../surroundings.ts";
import { UsageError } from "../usage-error.ts";
import { examples } from "./examples.ts";

interface ResumeOptions extends SourceOptions {
  readonly all?: true | undefined;
  readonly failed?: true | undefined;
}

/** `fmtc resume`: goes on with what was paused or interrupted. */
export function resumeCommand(perform: Perform) {
  const command = new Command("resume").argument("[ID]", "the beginning of its id; needed if there are several");
  return withSourceOptions(command)
    .optionsGroup("Downloads:")
    .option("--all", "all of them, one after the other")
    .option("--failed", "asks again for the tiles that have failed, and only for them")
    .usage("[ID] [SOURCE]")
    .summary("goes on with a download")
    .description(
      "Goes on with a download that was paused or interrupted, with the options that it was started with. As no URL is kept, it takes --url again, or a configuration file that has the source.",
    )
    .addHelpText(
      "after",
      examples(
        ["fmtc resume --url 'https://tiles.example.org/{z}/{x}/{y}.png'", "The only one there is:"],
        ["fmtc resume 3f9k2 --failed", "Tiles that have failed, from a source of fmtc.config.json:"],
      ),
    )
    .action((id, options) =>
      perform(async (surroundings) => {
        const { globals, env, output } = surroundings;
        if (id !== undefined && options.all === true) {
          throw new UsageError("--all is all downloads, so no ID can stand beside it.");
        }
        const settings = await readSettings(globals, env);
        const contact = contactOf(options.contact, settings.config);
        return withInterrupts(async (interrupts) => {
          const store = await openDatabase(settings);
          let root: Root | undefined;
          try {
            const all = await recorded(store);
            const chosen = choose(all, id, options);
            if (chosen.length === 0) {
              output.result(nothing(options, all), { resumed: 0 });
              return EXIT.complete;
            }
            root = await openTiles(store, { sources: sourcesToResume(chosen, options, settings.config), contact });
            return await resumeEach(root, chosen, options, interrupts, surroundings);
          } finally {
            await (root ?? store).close();
          }
        });
      }),
    );
}

/** The downloads on record, as they stand. */
async function recorded(store: TileStore): Promise<readonly RecoverableDownload[]> {
  // Only `close` of a root closes its store.
  return (await openTiles(store)).recovery.list();
}

/** Those to go on with; none if there is nothing to do. */
function choose(
  downloads: readonly RecoverableDownload[],
  id: string | undefined,
  { all, failed }: ResumeOptions,
): readonly RecoverableDownload[] {
  if (id !== undefined) {
    const found = findDownload(downloads, id);
    if (found.state !== "incomplete" || failed === true) return [found];
    const again = `fmtc resume ${shortId(found.id)} --failed asks for those that have failed`;
    throw new UsageError(`Download ${shortId(found.id)} is through: ${again}.`);
  }
  const states = failed === true ? ["incomplete"] : ["paused", "failed"];
  const fitting = downloads.filter(({ state }) => states.includes(state));
  if (all === true || fitting.length < 2) return fitting;
  const one = "name one by the beginning of its id, or take them --all";
  throw new UsageError(`There are ${fitting.length} downloads to go on with: ${one}.`, besideDownloads(fitting));
}

function nothing({ failed }: ResumeOptions, all: readonly RecoverableDownload[]): string {
  if (failed === true) return "No download has tiles that have failed.";
  const running = all.filter(({ state }) => state === "running-elsewhere").length;
  const others = [
    ...(running === 0 ? [] : [`${running === 1 ? "one is" : `${running} are`} running already`]),
    ...all
      .filter(({ state }) => state === "incomplete")
      .map(
        ({ id, failed: tiles }) =>
          `${shortId(id)} has ${formatCount(tiles)} failed tiles, which --failed asks for again`,
      ),
  ];
  return `${["There is no download to go on with", ...others].join("; ")}.`;
}

async function resumeEach(
  root: Root,
  chosen: readonly RecoverableDownload[],
  options: ResumeOptions,
  interrupts: Interrupts,
  { output, globals, env }: Surroundings,
): Promise<ExitCode> {
  const again = options.failed === true;
  const files = namedFiles(globals, env);
  let worst: ExitCode = EXIT.complete;
  for (const { id, store, region } of chosen) {
    try {
      const download = await (again ? root.recovery.retryFailed(id) : root.recovery.resume(id));
      output.event(startedEvent(download, region.source, again ? "again" : "goesOn"));
      const code = await followDownload(download, {
        output,
        interrupts,
        title: titleOf(store, region),
        resumeCommand: commandToResume(id, region.source, files, options),
        which: again ? "failed" : "missing",
      });
      if (code !== EXIT.complete && code !== EXIT.incomplete) return code;
      worst = worst === EXIT.complete ? code : worst;
    } catch (error) {
      if (chosen.length === 1) throw error;
      // The others may do better.
      const { message, code, exitCode } = reportOf(error);
      output.error(message, { error: { code, message, download: id } });
      worst = exitCode;
    }
  }
  return worst;
}
