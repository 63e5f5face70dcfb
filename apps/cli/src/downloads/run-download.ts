import type { DownloadableRegion, DownloadOptions, TileSource } from "@fmtc/core";
import { assertBulkAllowed } from "@fmtc/core";
import type { ExitCode } from "../exit-code.ts";
import { followDownload } from "../follow/follow-download.ts";
import { withInterrupts } from "../follow/with-interrupts.ts";
import { namedFiles, type Settings } from "../settings.ts";
import type { SourceOptions } from "../sources/source-options.ts";
import { assertStore } from "../stores/assert-store.ts";
import { createDatabase, openDatabase } from "../stores/open-database.ts";
import { contactOf, openTiles } from "../stores/open-tiles.ts";
import type { Surroundings } from "../surroundings.ts";
import { commandToResume } from "./command-to-resume.ts";
import { startDownload } from "./start-download.ts";
import { startedEvent } from "./started-event.ts";
import { titleOf } from "./title-of.ts";

export interface WantedDownload {
  readonly store: string;
  readonly region: DownloadableRegion;
  readonly source: TileSource;
  readonly options: DownloadOptions;
  readonly flags: SourceOptions;
  /** Whether the store, and its file, are made if they are not there. */
  readonly creates: boolean;
}

/** Downloads, and shows how far it is. What cannot be is found before anything is made or asked for. */
export async function runDownload(
  { store: name, region, source, options, flags, creates }: WantedDownload,
  settings: Settings,
  { output, globals, env }: Surroundings,
): Promise<ExitCode> {
  const contact = contactOf(flags.contact, settings.config);
  assertBulkAllowed(source, region.maxZoom);
  const title = titleOf(name, region);
  return withInterrupts(async (interrupts) => {
    const store = creates ? await createDatabase(settings) : await openDatabase(settings);
    const root = await openTiles(store, { sources: [source], contact });
    try {
      if (creates) await root.store(name).manage.create();
      else await assertStore(store, name);
      const { download, how } = await startDownload(root, store, { store: name, region, options }, output);
      output.event(startedEvent(download, source.id, how));
      const files = namedFiles(globals, env);
      const command = options.recovery === false ? undefined : commandToResume(download.id, source.id, files, flags);
      const which = how === "again" ? "failed" : "missing";
      return await followDownload(download, { output, interrupts, title, resumeCommand: command, which });
    } finally {
      await root.close();
    }
  });
}
