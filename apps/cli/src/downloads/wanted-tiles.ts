import type { DownloadableRegion, TileSource } from "@fmtc/core";
import { downloadableOf } from "../regions/downloadable-of.ts";
import { regionOf } from "../regions/region-of.ts";
import type { RegionOptions } from "../regions/region-options.ts";
import { readSettings, type Settings } from "../settings.ts";
import { chooseSource } from "../sources/choose-source.ts";
import type { SourceOptions } from "../sources/source-options.ts";
import type { Surroundings } from "../surroundings.ts";

/** Which tiles a command is about, where they come from, and the files that it works with. */
export interface WantedTiles {
  readonly region: DownloadableRegion;
  readonly source: TileSource;
  readonly settings: Settings;
}

/** @throws UsageError if the options do not say it. */
export async function wantedTiles(
  options: RegionOptions & SourceOptions,
  { read, globals, env }: Surroundings,
): Promise<WantedTiles> {
  const wanted = await regionOf(options, read);
  const settings = await readSettings(globals, env);
  const source = chooseSource(options, settings.config, wanted.source);
  return { region: downloadableOf(wanted, source), source, settings };
}
