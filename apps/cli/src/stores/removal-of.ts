import { coverOf, type Freed, type TileStore } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { MissingError } from "../missing-error.ts";
import { downloadableOf } from "../regions/downloadable-of.ts";
import type { WantedRegion } from "../regions/region-of.ts";
import type { Config } from "../sources/config-file.ts";
import type { SourceName } from "../sources/source-options.ts";
import { storedSourceId } from "../sources/stored-source-id.ts";
import { openTiles } from "./open-tiles.ts";

/** What is to be removed from a store, and how. */
export interface Removal {
  /** For people: `the tiles of topo in a region of store "hiking"`. */
  readonly what: string;
  readonly value: object;
  /** Removes it; in a dry run, only says what would go. */
  readonly run: (dryRun: boolean) => Promise<Freed>;
}

export interface RemovalOptions {
  /** Undefined: the whole store, or all that is old. */
  readonly region: WantedRegion | undefined;
  /** How old tiles are, in milliseconds. */
  readonly age: number | undefined;
  readonly options: SourceName;
  readonly config: Config | undefined;
}

/** No tile can be stored later: the last millisecond that a date can hold. */
const END_OF_TIME = 8.64e15;

export async function removalOf(
  store: TileStore,
  name: string,
  { region, age, options, config }: RemovalOptions,
): Promise<Removal> {
  const of = `store ${quoted(name)}`;
  if (age !== undefined) {
    const time = Math.max(0, Math.floor(Date.now() - age));
    return {
      what: `what was stored in ${of} before ${new Date(time).toISOString()}`,
      value: { store: name, olderThan: new Date(time).toISOString() },
      run: (dryRun) => store.tiles.removeOlderThan(name, time, { dryRun }),
    };
  }
  if (region !== undefined) {
    const source = await storedSourceId(options, region.source, config, store, name);
    const cover = coverOf(downloadableOf(region, { id: source, url: "" }));
    return {
      what: `tiles of ${source} from ${of}`,
      value: { store: name, source },
      run: (dryRun) => store.tiles.removeCover(name, source, cover, { dryRun }),
    };
  }
  await assertNobodyDownloads(store, name);
  return {
    what: of,
    value: { store: name },
    run: (dryRun) => (dryRun ? store.tiles.removeOlderThan(name, END_OF_TIME, { dryRun }) : store.stores.delete(name)),
  };
}

/** A store that goes would take a download with it that somebody waits for. */
async function assertNobodyDownloads(store: TileStore, name: string): Promise<void> {
  const downloads = await (await openTiles(store)).recovery.list();
  const running = downloads.find((each) => each.store === name && each.state === "running-elsewhere");
  if (running === undefined) return;
  throw new MissingError(`Store ${quoted(name)} is being downloaded into by another fmtc. Stop it first.`);
}
