import { statSync, writeFileSync } from "node:fs";
import { openSqliteStore } from "@fmtc/store-sqlite";
import type { Demo } from "../demo.ts";
import { DemoError } from "../demo-error.ts";
import { grouped, heading, strong } from "../paint.ts";
import { drawOfflineMap } from "../picture/draw-offline-map.ts";
import { assertNobodyAnswers } from "../processes/assert-nobody-answers.ts";
import { STORE } from "../regions.ts";

/** Stops the server, makes sure of that, audits what is there, and draws it. */
export async function lookOffline({ files, fmtc, server, cover, options }: Demo): Promise<void> {
  console.log(heading("Look at the map without a server"));
  await server.stop();
  await assertNobodyAnswers(server.url);
  console.log(`  The tile server is stopped: nobody answers at ${server.url} any more.\n`);
  await fmtc.run("audit", STORE, ...options.region, ...options.database);

  const store = await openSqliteStore(files.database);
  try {
    const { length, bytes } = await store.stats();
    if (length !== cover.count) {
      throw new DemoError(`The file has ${grouped(length)} tiles, but the regions need ${grouped(cover.count)}.`);
    }
    const { png, drawn } = await drawOfflineMap(store, "the tile server is off");
    writeFileSync(files.picture, png);
    console.log(`  ${strong(files.typed(files.picture))}`);
    console.log(
      `  is made of ${grouped(drawn)} of the ${grouped(length)} tiles, those from zoom 9 on. In the file, what looks the`,
    );
    console.log(
      `  same is kept once: ${megabytes(bytes)} of tiles take ${megabytes(statSync(files.database).size)}.\n`,
    );
  } finally {
    await store.close();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
