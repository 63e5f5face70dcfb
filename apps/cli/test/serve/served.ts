import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TileKey, TileStore, TileWrite } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { onTestFinished } from "vitest";
import { type MapServerOptions, startMapServer } from "../../src/serve/start-map-server.ts";

/** A path for a database, whose folder goes when the test has finished. */
export async function databasePath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fmtc-serve-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "tiles.db");
}

export async function openStore(path?: string): Promise<TileStore> {
  const store = await openSqliteStore(path ?? (await databasePath()));
  onTestFinished(() => store.close());
  return store;
}

/** A server of a real file, on any free port. What it reports fails the test unless it takes that upon itself. */
export async function serve(store: TileStore, options: Partial<MapServerOptions> = {}) {
  const report = (error: unknown) => {
    throw error;
  };
  const server = await startMapServer({ store, host: "127.0.0.1", port: 0, report, ...options });
  onTestFinished(() => server.close());
  return { ...server, url: server.urls[0] };
}

/** As much of a PNG as tells that it is one, and which. */
export function pngOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new TextEncoder().encode(text)]);
}

export const STORED_AT = Date.UTC(2024, 0, 2, 3, 4, 5);

/** Puts a tile into a store, which is made if there is none. */
export async function put(
  store: TileStore,
  name: string,
  { source = "topo", z = 0, x = 0, y = 0, ...details }: Partial<TileKey> & Partial<TileWrite> = {},
): Promise<void> {
  await store.stores.create(name);
  const tile = { source, z, x, y, bytes: pngOf(`${source} ${z}/${x}/${y}`), storedAt: STORED_AT, ...details };
  await store.commit({ store: name, tiles: [tile] });
}
