import { Command } from "@commander-js/extra-typings";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { regionOf } from "../regions/region-of.ts";
import { hasRegion, withRegionOptions } from "../regions/region-options.ts";
import { readSettings } from "../settings.ts";
import { type SourceName, withSourceName } from "../sources/source-options.ts";
import { assertStore } from "../stores/assert-store.ts";
import { assertStoreName } from "../stores/assert-store-name.ts";
import type { Deletion } from "../stores/deletion.ts";
import { forgettingOf } from "../stores/forgetting-of.ts";
import { openDatabase } from "../stores/open-database.ts";
import { readAge } from "../stores/read-age.ts";
import { removalOf } from "../stores/removal-of.ts";
import type { Perform, Surroundings } from "../surroundings.ts";
import { UsageError } from "../usage-error.ts";
import { endingOnSignal } from "./ending-on-signal.ts";
import { examples } from "./examples.ts";

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
      "Deletes a store, with its downloads that are not done with; or takes only its tiles of a region out of it, or those that are older. A tile that another store holds too stays there. At a terminal it asks before.",
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
        const { download, olderThan } = options;
        const isPart = hasRegion(options) || options.zooms !== undefined || options.radius.length > 0;
        assertOne([
          isPart && "a region",
          olderThan !== undefined && "--older-than",
          download !== undefined && "--download",
        ]);
        if (!isPart) assertNoSource(options);
        const age = olderThan === undefined ? undefined : readAge(olderThan);
        if (name !== undefined) assertStoreName(name);
        const region = isPart ? await regionOf(options, read) : undefined;
        assertAllowed(options, surroundings);
        const settings = await readSettings(globals, env);
        if (name === undefined && download === undefined) {
          throw new UsageError("STORE is missing: which store? fmtc list shows those there are.");
        }
        return endingOnSignal(async () => {
          const store = await openDatabase(settings);
          try {
            if (name !== undefined) await assertStore(store, name);
            const removal = { region, age, isDryRun: options.dryRun === true, options, config: settings.config };
            const deletion =
              download === undefined
                ? await removalOf(store, name ?? "", removal)
                : await forgettingOf(store, download, name);
            return await carryOut(deletion, options, surroundings);
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

function assertOne(kinds: readonly (string | false)[]): void {
  const given = kinds.filter(Boolean);
  if (given.length > 1) throw new UsageError(`These exclude each other: ${given.join(", ")}. Take one of them.`);
}

/** Else the whole store would go, all sources of it. */
function assertNoSource({ url, source }: SourceName): void {
  if (url === undefined && source === undefined) return;
  throw new UsageError(
    "A source is that of a region, which is missing: give one, such as --bbox -180,-90,180,90 --zooms 0-24.",
  );
}

function assertAllowed({ dryRun, yes }: HowToDelete, { confirm, output }: Surroundings): void {
  if (dryRun === true || yes === true || confirm !== undefined) return;
  const add = "--yes to delete, or --dry-run to see what would go";
  throw new UsageError(
    output.mode === "human"
      ? `Nobody is there to be asked: give ${add}.`
      : `Nobody is asked with --${output.mode}: add ${add}.`,
  );
}

async function carryOut(
  { would, value, question, carryOut }: Deletion,
  { dryRun, yes }: HowToDelete,
  { output, confirm }: Surroundings,
): Promise<ExitCode> {
  if (dryRun === true) {
    output.result(would, { ...value, dryRun: true });
    return EXIT.complete;
  }
  const answer = yes === true ? "yes" : await confirm?.(question);
  if (answer !== "yes") {
    output.note("Nothing was deleted.");
    return answer === "interrupted" ? EXIT.interrupted : EXIT.error;
  }
  const done = await carryOut();
  output.result(done.did, { ...done.value, dryRun: false });
  return EXIT.complete;
}
