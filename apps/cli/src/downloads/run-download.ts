import type { DownloadableRegion, DownloadOptions, TileSource } from "@fmtc/core";
import { assertBulkAllowed } from "@fmtc/core";
import type { Surroundings } from "../commands/surroundings.ts";
import type { ExitCode } from "../exit-code.ts";
import { followDownload } from "../follow/follow-download.ts";
import type { Settings } from "../settings.ts";
import type { SourceOptions } from "../sources/source-options.ts";
import { assertStore } from "../stores/assert-store.ts";
import { createDatabase, openDatabase } from "../stores/open-database.ts";
import { contactOf, openTiles } from "../stores/open-tiles.ts";
import { resumeCommand } from "./resume-command.ts";
import { startDownload } from "./start-download.ts";
import { titleOf } from "./title-of.ts";
import { withInterrupts } from "./with-interrupts.ts";

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
  { output, globals }: Surroundings,
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
      const { download, which } = await startDownload(root, store, { store: name, region, options }, output);
      const command = options.recovery === false ? undefined : resumeCommand(download.id, globals, flags);
      return await followDownload(download, { output, interrupts, title, resumeCommand: command, which });
    } finally {
      await root.close();
    }
  });
}
