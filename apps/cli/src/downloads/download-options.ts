import type { Command, OptionValues } from "@commander-js/extra-typings";
import type { DownloadOptions } from "@fmtc/core";
import { DEEPEST_ZOOM } from "../deepest-zoom.ts";
import { quoted } from "../files/quoted.ts";
import { whole } from "../options/whole.ts";
import { UsageError } from "../usage-error.ts";

/** The options of a download, as they are given. */
export interface DownloadFlags {
  readonly parallel?: string | undefined;
  readonly rate?: string | undefined;
  readonly buffer?: string | undefined;
  readonly retries?: string | undefined;
  readonly all?: true | undefined;
  readonly keepSea?: true | undefined;
  readonly pruneSeaBelow?: string | undefined;
  readonly maxTileBytes?: string | undefined;
  readonly recovery?: boolean | undefined;
}

/** Adds the options of a download to a command. */
export function withDownloadOptions<Args extends unknown[], Opts extends OptionValues, Globals extends OptionValues>(
  command: Command<Args, Opts, Globals>,
) {
  return withPace(command)
    .option("--buffer <N>", "tiles that are gathered before they are written (default: 200)")
    .option("--retries <N>", "how often a tile is tried again at once (default: 2)")
    .option("--keep-sea", "stores tiles that show nothing but sea, too")
    .option("--prune-sea-below <Z>", "does not even ask for what lies within a sea tile of this zoom")
    .option("--max-tile-bytes <N>", "a longer tile has failed (default: 10,000,000)")
    .option("--no-recovery", "keeps no record, so that it cannot be continued");
}

/** Adds the options that say how fast a download may be, to plan with. */
export function withPace<Args extends unknown[], Opts extends OptionValues, Globals extends OptionValues>(
  command: Command<Args, Opts, Globals>,
) {
  return command
    .optionsGroup("Download:")
    .option("--parallel <N>", "requests at a time (default: 5)")
    .option("--rate <N>", "tiles a second (default: what the server bears)");
}

/**
 * What is given of them, for core: without what is left to its defaults.
 *
 * @throws UsageError that names the option.
 */
export function readDownloadFlags(flags: DownloadFlags): DownloadOptions {
  if (flags.keepSea === true && flags.pruneSeaBelow !== undefined) {
    throw new UsageError("--prune-sea-below leaves sea tiles out, and --keep-sea wants them. Take one of them.");
  }
  const options = {
    parallel: whole("--parallel", flags.parallel, 1, 1_000),
    rateLimit: rate(flags.rate),
    buffer: whole("--buffer", flags.buffer, 1, 100_000),
    retries: whole("--retries", flags.retries, 0, 100),
    skipExisting: flags.all === true ? false : undefined,
    skipSea: flags.keepSea === true ? false : undefined,
    pruneSeaBelow: whole("--prune-sea-below", flags.pruneSeaBelow, 0, DEEPEST_ZOOM),
    maxTileBytes: whole("--max-tile-bytes", flags.maxTileBytes, 1, 1_000_000_000),
    recovery: flags.recovery === false ? false : undefined,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function rate(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = /^(\d+\.?\d*|\.\d+)$/.test(value.trim()) ? Number(value) : Number.NaN;
  if (number >= 0.01) return number;
  throw new UsageError(`--rate is ${quoted(value)}, but must be a number of tiles a second, 0.01 or more.`);
}
