import type { TileStore, TileWrite } from "@fmtc/core";
import { type IDBPDatabase, openDB } from "idb";
import { saveTile } from "leaflet.offline";
import { openIdbStore } from "../src/index.ts";
import { random, realisticTiles, tinyTiles } from "./realistic-tiles.ts";
import { type PrepareInPage, timeOf } from "./sides-in-page.ts";

const BATCH = 200;
/** Batches in a sample. */
const BATCHES = 5;
const TILES_TO_READ = 10_000;
const MANY = 1_000_000;

/** What one writes who puts tiles into IndexedDB and wants nothing else: one object store, a record for each tile. */
async function openBare(): Promise<IDBPDatabase> {
  return openDB("bare", 1, { upgrade: (database) => void database.createObjectStore("tiles") });
}

async function putBare(database: IDBPDatabase, tiles: readonly TileWrite[]): Promise<void> {
  const tx = database.transaction("tiles", "readwrite", { durability: "relaxed" });
  const puts = tiles.map(({ source, z, x, y, bytes, ...details }) =>
    tx.store.put({ bytes: bytes?.buffer, ...details }, `${source}/${z}/${x}/${y}`),
  );
  await Promise.all([...puts, tx.done]);
}

async function openOurs(): Promise<TileStore> {
  const store = await openIdbStore("ours");
  await store.stores.create("town");
  return store;
}

/** Times what is done with a few batches of new tiles, one after the other; making the tiles is left out. */
function batchSampler(commit: (tiles: readonly TileWrite[]) => Promise<unknown>): () => Promise<number> {
  let place = 0;
  return async () => {
    let elapsedMs = 0;
    for (let i = 0; i < BATCHES; i++) {
      const tiles = realisticTiles(place, BATCH);
      place += BATCH;
      elapsedMs += await timeOf(() => commit(tiles));
    }
    return elapsedMs;
  };
}

/** As its control does it by default: fifty at a time, each a transaction of its own. */
async function saveByLeafletOffline(tiles: readonly TileWrite[]): Promise<void> {
  const rest = [...tiles];
  const lane = async () => {
    for (let tile = rest.shift(); tile !== undefined; tile = rest.shift()) {
      const { z, x, y, bytes = new Uint8Array(), storedAt } = tile;
      const url = `https://tiles.example.org/${z}/${x}/${y}.png`;
      const urlTemplate = "https://tiles.example.org/{z}/{x}/{y}.png";
      await saveTile({ key: url, url, urlTemplate, z, x, y, createdAt: storedAt }, new Blob([bytes.slice()]));
    }
  };
  await Promise.all(Array.from({ length: 50 }, lane));
}

/** Both databases with the same tiles, and a tile of them at random. */
async function filled() {
  const [bare, ours] = await Promise.all([openBare(), openOurs()]);
  for (let place = 0; place < TILES_TO_READ; place += BATCH) {
    const tiles = realisticTiles(place, BATCH);
    await putBare(bare, tiles);
    await ours.commit({ store: "town", tiles });
  }
  const [{ x = 0, y = 0 } = {}] = realisticTiles(0, 1);
  const key = (place: number) => ({ source: "topo", z: 15, x: x + (place % 60), y: y + Math.floor(place / 60) });
  const bareKey = (place: number) => Object.values(key(place)).join("/");
  return { bare, ours, key, bareKey };
}

const randomPlaces = (count: number) => Array.from({ length: count }, () => Math.floor(random() * TILES_TO_READ));

/** The tiles of a map's view: five rows of six. */
const viewPlaces = () => {
  const corner = Math.floor(random() * (TILES_TO_READ - 300));
  return Array.from({ length: 30 }, (_, i) => corner + Math.floor(i / 6) * 60 + (i % 6));
};

async function repeat(times: number, run: () => Promise<unknown>): Promise<number> {
  let elapsedMs = 0;
  for (let i = 0; i < times; i++) elapsedMs += await timeOf(run);
  return elapsedMs;
}

/** An empty database and one of many tiles, both closed. */
async function smallAndLarge() {
  const small = await openIdbStore("small");
  await small.stores.create("world");
  await small.close();
  const large = await openIdbStore("large");
  await large.stores.create("world");
  for (let place = 0; place < MANY; place += 20_000) {
    await large.commit({ store: "world", tiles: tinyTiles(place, 20_000) });
  }
  await large.close();
}

/** What takes the same time however many tiles there are: opening, the sums of the database and of a store, closing. */
async function openAndAsk(name: string): Promise<void> {
  const store = await openIdbStore(name);
  await Promise.all([store.stats(), store.stores.stats("world")]);
  await store.close();
}

const cases: Readonly<Record<string, PrepareInPage>> = {
  commit: async () => {
    const [bare, ours] = await Promise.all([openBare(), openOurs()]);
    return {
      baseline: batchSampler((tiles) => putBare(bare, tiles)),
      candidate: batchSampler((tiles) => ours.commit({ store: "town", tiles, pinned: true, transfer: true })),
    };
  },
  leafletOffline: async () => {
    const ours = await openOurs();
    return {
      baseline: batchSampler(saveByLeafletOffline),
      candidate: batchSampler((tiles) => ours.commit({ store: "town", tiles, pinned: true, transfer: true })),
    };
  },
  readOne: async () => {
    const { bare, ours, key, bareKey } = await filled();
    return {
      baseline: () => repeat(200, () => bare.get("tiles", bareKey(randomPlaces(1)[0] ?? 0))),
      candidate: () => repeat(200, () => ours.tiles.read(key(randomPlaces(1)[0] ?? 0))),
    };
  },
  readView: async () => {
    const { bare, ours, key, bareKey } = await filled();
    return {
      baseline: () => repeat(10, () => Promise.all(viewPlaces().map((place) => bare.get("tiles", bareKey(place))))),
      candidate: () => repeat(10, () => Promise.all(viewPlaces().map((place) => ours.tiles.read(key(place))))),
    };
  },
  has: async () => {
    const { bare, ours, key, bareKey } = await filled();
    const places = Array.from({ length: 5_000 }, (_, i) => i);
    return {
      baseline: () =>
        timeOf(async () => {
          const { store } = bare.transaction("tiles");
          return Promise.all(places.map((place) => store.getKey(bareKey(place))));
        }),
      candidate: () => timeOf(() => ours.tiles.has(places.map(key))),
    };
  },
  open: async () => {
    await smallAndLarge();
    return {
      baseline: () => repeat(20, () => openAndAsk("small")),
      candidate: () => repeat(20, () => openAndAsk("large")),
    };
  },
};

globalThis.casesInPage = cases;
