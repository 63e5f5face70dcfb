import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { openSqliteStore, type SqliteStore } from "@fmtc/store-sqlite";
import type { Demo } from "../demo.ts";
import { DemoError } from "../demo-error.ts";
import { isProgressLive } from "../is-progress-live.ts";
import { command, grouped, heading } from "../paint.ts";
import type { RequestStats } from "../processes/tile-server.ts";
import { STORE } from "../regions.ts";

/** How often the database is looked into. Tiles are written some hundred at a time. */
const LOOK_EVERY_MS = 20;

export interface Interrupted {
  /** The paths at the tile server of the tiles that were stored. */
  readonly stored: readonly string[];
  /** What had been asked for. */
  readonly requests: RequestStats;
}

/** Starts the download, and kills it when half of the tiles are stored, by a connection of its own to the database. */
export async function downloadAndKill(demo: Demo): Promise<Interrupted> {
  const { files, fmtc, server, cover, options } = demo;
  const half = Math.ceil(cover.count / 2);
  console.log(heading("Download, and be killed half-way"));
  console.log(
    `  From a tile server on this machine that takes its time. Once half of the ${grouped(cover.count)} tiles are stored,`,
  );
  console.log("  the download is killed: it can tidy up nothing.\n");

  const look = await openSqliteStore(files.database, { worker: false });
  try {
    const words = ["download", STORE, ...options.region, "--keep-sea", "--parallel", "8"];
    const download = fmtc.start(...words, ...options.source, ...options.database);
    const untilStored = async (count: number) => {
      while ((await countStored(look)) < count) {
        assertRunning(download);
        await sleep(LOOK_EVERY_MS);
      }
    };
    await untilStored(half / 2);
    if (!isProgressLive()) console.log("\n  A quarter of the tiles is stored: it goes on.");
    await untilStored(half);
    await fmtc.kill(download);
    console.log(`${command(`\n  $ kill -9 ${download.pid}`)}\n`);

    const stored = await storedPaths(look);
    console.log(`  ${grouped(stored.length)} of ${grouped(cover.count)} tiles were stored when it died.\n`);
    return { stored, requests: await server.stats() };
  } finally {
    await look.close();
  }
}

function assertRunning({ exitCode, signalCode }: ChildProcess): void {
  if (exitCode === null && signalCode === null) return;
  const how = signalCode ?? `code ${exitCode}`;
  throw new DemoError(`fmtc download ended with ${how} before half of the tiles were stored: its own words are above.`);
}

async function countStored({ stores }: SqliteStore): Promise<number> {
  return (await stores.has(STORE)) ? (await stores.stats(STORE)).length : 0;
}

async function storedPaths({ tiles }: SqliteStore): Promise<string[]> {
  const paths: string[] = [];
  for await (const { z, x, y } of tiles.scan({ stores: [STORE] })) paths.push(`/xyz/${z}/${x}/${y}.png`);
  return paths;
}
