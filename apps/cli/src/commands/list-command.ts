import { Command } from "@commander-js/extra-typings";
import type { RecoverableDownload } from "@fmtc/core";
import { downloadValue } from "../downloads/download-value.ts";
import { downloadsTable } from "../downloads/downloads-table.ts";
import { EXIT } from "../exit-code.ts";
import { formatBytes } from "../output/format-bytes.ts";
import { formatCount } from "../output/format-count.ts";
import { table } from "../output/table.ts";
import { readSettings } from "../settings.ts";
import { openDatabase } from "../stores/open-database.ts";
import { openTiles } from "../stores/open-tiles.ts";
import { sourcesIn } from "../stores/sources-in.ts";
import type { Perform } from "../surroundings.ts";
import { endingOnSignal } from "./ending-on-signal.ts";
import { examples } from "./examples.ts";

interface ListedStore {
  readonly name: string;
  readonly tiles: number;
  readonly bytes: number;
  readonly sources: readonly string[];
}

/** Of an empty text commander makes `[options]`. */
const NO_ARGUMENTS = " ";

/** `fmtc list`: the stores, and the downloads that are not done with. */
export function listCommand(perform: Perform) {
  return new Command("list")
    .usage(NO_ARGUMENTS)
    .summary("the stores, and the downloads that are not done with")
    .description("Lists the stores of the file, and the downloads that are not done with.")
    .addHelpText(
      "after",
      examples(
        ["fmtc list", "What there is:"],
        ["fmtc list --json --db maps/tiles.db", "In another file, for a script:"],
      ),
    )
    .action(() =>
      perform(async ({ output, globals, env }) => {
        const settings = await readSettings(globals, env);
        return endingOnSignal(async () => {
          const store = await openDatabase(settings);
          const root = await openTiles(store);
          try {
            const stores: ListedStore[] = [];
            for (const name of await store.stores.list()) {
              const { length, bytes } = await store.stores.stats(name);
              stores.push({ name, tiles: length, bytes, sources: await sourcesIn(store, name) });
            }
            const downloads = await root.recovery.list();
            const value = { db: settings.db, stores, downloads: downloads.map(downloadValue) };
            output.result(listText(settings.db, stores, downloads), value);
            return EXIT.complete;
          } finally {
            await root.close();
          }
        });
      }),
    );
}

function listText(db: string, stores: readonly ListedStore[], downloads: readonly RecoverableDownload[]): string {
  const rows = stores.map(({ name, tiles, bytes, sources }) => [
    name,
    formatCount(tiles),
    formatBytes(bytes),
    sources.join(", "),
  ]);
  const parts = [
    stores.length === 0 ? `There are no stores in ${db}.` : table(rows, ["store", "tiles", "bytes", "sources"]),
  ];
  if (downloads.length > 0) parts.push(`Downloads that are not done with:\n${downloadsTable(downloads)}`);
  return parts.join("\n\n");
}
