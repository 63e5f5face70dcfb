import { fetchInto } from "./fetch-into.ts";

// What the benchmark calls in the page: each fetches so many tiles, and returns the milliseconds that it took.
const worker = new Worker("/worker.js", { type: "module" });
let fetched = 0;

globalThis.discard = async (origin, tiles) => {
  let asked = 0;
  const lane = async () => {
    while (asked < tiles) {
      const response = await fetch(`${origin}/14/${asked++}/0.png?bare=${fetched++}`, { cache: "no-store" });
      await response.arrayBuffer();
    }
  };
  return timeOf(() => Promise.all(Array.from({ length: 6 }, lane)));
};

/** The least that brings tiles into IndexedDB: one object store, 200 puts in a transaction while the next are fetched. */
globalThis.fetchAndPut = async (origin, tiles) => {
  const database = await openBare();
  const lanes = 6;
  let asked = 0;
  let batch: ArrayBuffer[] = [];
  let written: Promise<void> = Promise.resolve();
  const write = () => {
    const bodies = batch;
    batch = [];
    const before = written;
    written = before.then(() => putAll(database, bodies));
    return before;
  };
  const lane = async () => {
    while (asked < tiles) {
      const response = await fetch(`${origin}/14/${asked++}/0.png?bare=${fetched++}`, { cache: "no-store" });
      batch.push(await response.arrayBuffer());
      if (batch.length >= 200) await write();
    }
  };
  const time = await timeOf(async () => {
    await Promise.all(Array.from({ length: lanes }, lane));
    await write();
    await written;
  });
  database.close();
  return time;
};

function openBare(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("bare", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("tiles", { autoIncrement: true });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

function putAll(database: IDBDatabase, bodies: readonly ArrayBuffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("tiles", "readwrite", { durability: "relaxed" });
    for (const body of bodies) transaction.objectStore("tiles").put(body);
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
  });
}

globalThis.download = (origin, tiles) => fetchInto("page", origin, tiles);

globalThis.downloadInWorker = (origin, tiles) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ origin, tiles });
  });

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}

declare global {
  var discard: (origin: string, tiles: number) => Promise<number>;
  var fetchAndPut: (origin: string, tiles: number) => Promise<number>;
  var download: (origin: string, tiles: number) => Promise<number>;
  var downloadInWorker: (origin: string, tiles: number) => Promise<number>;
}
