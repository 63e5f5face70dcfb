import { Command } from "@commander-js/extra-typings";
import { findDownload } from "../downloads/find-download.ts";
import { shortId } from "../downloads/short-id.ts";
import { EXIT } from "../exit-code.ts";
import { quoted } from "../files/quoted.ts";
import { formatCount } from "../output/format-count.ts";
import { regionOf } from "../regions/region-of.ts";
import { hasRegion, withRegionOptions } from "../regions/region-options.ts";
import { readSettings } from "../settings.ts";
import { type SourceName, withSourceName } from "../sources/source-options.ts";
import { assertStore } from "../stores/assert-store.ts";
import { assertStoreName } from "../stores/assert-store-name.ts";
import { freedText } from "../stores/freed-text.ts";
import { openDatabase } from "../stores/open-database.ts";
import { openTiles } from "../stores/open-tiles.ts";
import { readAge } from "../stores/read-age.ts";
import { type Removal, removalOf } from "../stores/removal-of.ts";
import { UsageError } from "../usage-error.ts";
import { endingOnSignal } from "./ending-on-signal.ts";
import { examples } from "./examples.ts";
import type { Perform, Surroundings } from "./surroundings.ts";

/** `fmtc delete`: takes tiles out of a store, or forgets a download. */
export function deleteCommand(perform: Perform) {
  const command = new Command("delete").argument("[STORE]", "a store that is there");
  return withSourceName(withRegionOptions(command))
    .optionsGroup("What to delete, and how:")
    .option("--older-than <AGE>", "only tiles that were stored longer ago: 90min, 12h, 30d, 8w or 1y")
    .option("--download <ID>", "forgets a download, and leaves its tiles")
    .option("--dry-run", "says what would go, and deletes nothing")
    .option("--yes", "deletes without asking")
    .usage("STORE [REGION]")
    .summary("deletes a store, or some of its tiles; forgets a download")
    .description(
      "Deletes a store; or takes only its tiles of a region out of it, or those that are older. A tile that another store holds too stays there. At a terminal it asks before.",
    )
    .addHelpText(
      "after",
      examples(
        ["fmtc delete hiking --dry-run", "What would a store free?"],
        [
          "fmtc delete hiking --circle 51.5074,-0.1278,5km --zooms 13-16 --yes",
          "The deepest zooms around London, without asking:",
        ],
        ["fmtc delete --download 3f9k2", "Forget a download; its tiles stay:"],
      ),
    )
    .action((name, options) =>
      perform(async (surroundings) => {
        const { read, globals, env } = surroundings;
        const isPart = hasRegion(options) || options.zooms !== undefined || options.radius.length > 0;
        assertOneOf(isPart, options.olderThan !== undefined, options.download !== undefined, options);
        const age = options.olderThan === undefined ? undefined : readAge(options.olderThan);
        if (name !== undefined) assertStoreName(name);
        const region = isPart ? await regionOf(options, read) : undefined;
        assertAllowed(options, surroundings);
        const settings = await readSettings(globals, env);
        if (options.download !== undefined) return forget(options.download, name, options, surroundings);
        if (name === undefined) throw new UsageError("STORE is missing: which store? fmtc list shows those there are.");
        return endingOnSignal(async () => {
          const store = await openDatabase(settings);
          try {
            await assertStore(store, name);
            const removal = await removalOf(store, name, { region, age, options, config: settings.config });
            return await remove(removal, options, surroundings, () => store.reclaim());
          } finally {
            await store.close();
          }
        });
      }),
    );
}

interface HowToDelete {
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
}

function assertOneOf(hasPart: boolean, hasAge: boolean, hasDownload: boolean, { url, source }: SourceName): void {
  const given = [hasPart && "a region", hasAge && "--older-than", hasDownload && "--download"].filter(Boolean);
  if (given.length > 1) throw new UsageError(`${given.join(" and ")} cannot stand together: take one of them.`);
  // Else the whole store would go, all sources of it.
  if (!hasPart && (url !== undefined || source !== undefined)) {
    throw new UsageError(
      "A source is that of a region, which is missing: give one, such as --bbox -180,-90,180,90 --zooms 0-24.",
    );
  }
}

function assertAllowed({ dryRun, yes }: HowToDelete, { confirm }: Surroundings): void {
  if (dryRun === true || yes === true || confirm !== undefined) return;
  throw new UsageError("Nobody is there to be asked: give --yes to delete, or --dry-run to see what would go.");
}

async function remove(
  { what, value, run }: Removal,
  { dryRun, yes }: HowToDelete,
  { output, confirm }: Surroundings,
  reclaim: () => Promise<{ readonly bytes: number }>,
) {
  const would = await run(true);
  if (dryRun === true) {
    output.result(`Would delete ${what}: ${freedText(would)}.`, { ...value, dryRun: true, ...would });
    return EXIT.complete;
  }
  if (yes !== true && !(await confirm?.(`Delete ${what}: ${freedText(would)}?`))) {
    output.note("Nothing was deleted.");
    return EXIT.error;
  }
  const freed = await run(false);
  await reclaim();
  output.result(`Deleted ${what}: ${freedText(freed)}.`, { ...value, dryRun: false, ...freed });
  return EXIT.complete;
}

async function forget(
  id: string,
  name: string | undefined,
  { dryRun, yes }: HowToDelete,
  { output, globals, env, confirm }: Surroundings,
) {
  return endingOnSignal(async () => {
    const store = await openDatabase(await readSettings(globals, env));
    const root = await openTiles(store);
    try {
      if (name !== undefined) await assertStore(store, name);
      const all = await root.recovery.list();
      const found = findDownload(
        all.filter(({ store: into }) => name === undefined || into === name),
        id,
      );
      const { store: into, attempted, max } = found;
      const what = `download ${shortId(found.id)} into ${quoted(into)}, ${formatCount(attempted)} of ${formatCount(max)} tiles`;
      const value = { download: found.id, store: into };
      if (dryRun === true) {
        output.result(`Would forget ${what}. Its tiles would stay.`, { ...value, dryRun: true });
        return EXIT.complete;
      }
      if (yes !== true && !(await confirm?.(`Forget ${what}? Its tiles stay.`))) {
        output.note("Nothing was deleted.");
        return EXIT.error;
      }
      await found.discard();
      output.result(`Forgot ${what}. Its tiles are still there.`, { ...value, dryRun: false });
      return EXIT.complete;
    } finally {
      await root.close();
    }
  });
}
