import { Command } from "@commander-js/extra-typings";
import type { StoredTile, TileStore } from "@fmtc/core";
import { EXIT } from "../exit-code.ts";
import { formatBytes } from "../output/format-bytes.ts";
import { formatCount } from "../output/format-count.ts";
import { table } from "../output/table.ts";
import { readSettings } from "../settings.ts";
import { assertStore } from "../stores/assert-store.ts";
import { assertStoreName } from "../stores/assert-store-name.ts";
import { openDatabase } from "../stores/open-database.ts";
import { sourcesIn } from "../stores/sources-in.ts";
import type { Perform } from "../surroundings.ts";
import { endingOnSignal } from "./ending-on-signal.ts";
import { examples } from "./examples.ts";

/** What there is to say: for people, and for machines. */
interface Told {
  readonly rows: readonly (readonly [string, string])[];
  readonly value: object;
}

/** `fmtc stats`: how much there is. */
export function statsCommand(perform: Perform) {
  return new Command("stats")
    .argument("[STORE]", "a store that is there; without, the whole file")
    .usage("[STORE]")
    .summary("how much there is")
    .description("Says how much there is: in the file, or in one store.")
    .addHelpText(
      "after",
      examples(["fmtc stats", "Of the file:"], ["fmtc stats hiking --json", "Of one store, for a script:"]),
    )
    .action((name) =>
      perform(async ({ output, globals, env }) => {
        if (name !== undefined) assertStoreName(name);
        const settings = await readSettings(globals, env);
        return endingOnSignal(async () => {
          const store = await openDatabase(settings);
          try {
            const { rows, value } = name === undefined ? await ofFile(store, settings.db) : await ofStore(store, name);
            output.result(table(rows), value);
            return EXIT.complete;
          } finally {
            await store.close();
          }
        });
      }),
    );
}

async function ofFile(store: TileStore, db: string): Promise<Told> {
  const { length, bytes, diskBytes, availableBytes, stores } = await store.stats();
  return {
    rows: [
      ["file", db],
      ["stores", formatCount(stores.length)],
      ["tiles", formatCount(length)],
      ["bytes", formatBytes(bytes)],
      ["on disk", formatBytes(diskBytes)],
      ...(availableBytes === undefined ? [] : [["room", formatBytes(availableBytes)] as const]),
    ],
    value: { db, stores, tiles: length, bytes, diskBytes, availableBytes },
  };
}

async function ofStore(store: TileStore, name: string): Promise<Told> {
  await assertStore(store, name);
  const { length, bytes, pinnedLength, pinnedBytes, hits, misses } = await store.stores.stats(name);
  const latest: StoredTile | undefined = await store.tiles.latest(name);
  const sources = await sourcesIn(store, name);
  const latestAt = latest && new Date(latest.storedAt).toISOString();
  return {
    rows: [
      ["store", name],
      ["sources", sources.join(", ")],
      ["tiles", formatCount(length)],
      ["bytes", formatBytes(bytes)],
      ["downloaded", `${formatCount(pinnedLength)}, ${formatBytes(pinnedBytes)}`],
      ...(latestAt === undefined ? [] : [["latest", latestAt] as const]),
    ],
    value: {
      store: name,
      sources,
      tiles: length,
      bytes,
      pinnedTiles: pinnedLength,
      pinnedBytes,
      hits,
      misses,
      latestAt,
    },
  };
}
