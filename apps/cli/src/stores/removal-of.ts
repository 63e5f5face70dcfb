import { coverOf, type Freed, type RecoverableDownload } from "@fmtc/core";
import type { SqliteStore } from "@fmtc/store-sqlite";
import { shortId } from "../downloads/short-id.ts";
import { stateWord } from "../downloads/state-word.ts";
import { quoted } from "../files/quoted.ts";
import { downloadableOf } from "../regions/downloadable-of.ts";
import type { WantedRegion } from "../regions/region-of.ts";
import type { Config } from "../sources/config-file.ts";
import type { SourceName } from "../sources/source-options.ts";
import type { Deletion } from "./deletion.ts";
import { freedText } from "./freed-text.ts";
import { openTiles } from "./open-tiles.ts";
import { StoreInUseError } from "./store-in-use-error.ts";
import { storedSourceId } from "./stored-source-id.ts";

export interface RemovalOptions {
  /** Undefined: the whole store, or all that is old. */
  readonly region: WantedRegion | undefined;
  /** How old tiles are, in milliseconds. */
  readonly age: number | undefined;
  /** Whether it will not be carried out, so that it may be in use. */
  readonly isDryRun: boolean;
  readonly options: SourceName;
  readonly config: Config | undefined;
}

interface Part {
  /** For people: `tiles of topo from store "hiking"`. */
  readonly what: string;
  readonly value: object;
  /** Removes it; in a dry run, only says what would go. */
  readonly run: (dryRun: boolean) => Promise<Freed>;
}

/** No tile can be stored later: the last millisecond that a date can hold. */
const END_OF_TIME = 8.64e15;

/**
 * The removal of a store, or of tiles in it. The room is given back to the disk.
 *
 * @throws StoreInUseError, UsageError
 */
export async function removalOf(store: SqliteStore, name: string, removal: RemovalOptions): Promise<Deletion> {
  const { what, value, run } = await partOf(store, name, removal);
  const would = await run(true);
  return {
    would: `Would delete ${what}: ${freedText(would)}.`,
    value: { ...value, ...would },
    question: `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${freedText(would)}. Delete?`,
    carryOut: async () => {
      const freed = await run(false);
      await store.reclaim();
      return { did: `Deleted ${what}: ${freedText(freed)}.`, value: { ...value, ...freed } };
    },
  };
}

async function partOf(
  store: SqliteStore,
  name: string,
  { region, age, isDryRun, options, config }: RemovalOptions,
): Promise<Part> {
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
  const downloads = isDryRun ? await downloadsInto(store, name) : await idleDownloadsInto(store, name);
  return {
    what: `${of}${withText(downloads)}`,
    value: { store: name, downloads: downloads.map(({ id }) => id) },
    run: async (dryRun) => {
      if (dryRun) return store.tiles.removeOlderThan(name, END_OF_TIME, { dryRun });
      // The user may have thought about it for long.
      await idleDownloadsInto(store, name);
      return store.stores.delete(name);
    },
  };
}

/**
 * A store that goes would take a download with it that somebody waits for.
 *
 * @throws StoreInUseError
 */
async function idleDownloadsInto(store: SqliteStore, name: string): Promise<readonly RecoverableDownload[]> {
  const downloads = await downloadsInto(store, name);
  if (downloads.some(({ state }) => state === "running-elsewhere")) throw new StoreInUseError(name);
  return downloads;
}

async function downloadsInto(store: SqliteStore, name: string): Promise<readonly RecoverableDownload[]> {
  // Only `close` of a root closes its store.
  const downloads = await (await openTiles(store)).recovery.list();
  return downloads.filter((download) => download.store === name);
}

/** ` and its paused download ckx5lzik`: they go with the store. */
function withText(downloads: readonly RecoverableDownload[]): string {
  return downloads.map(({ id, state }) => ` and its ${stateWord(state)} download ${shortId(id)}`).join("");
}
