import { fetchInto } from "./fetch-into.ts";

// What the benchmark calls in the page: each fetches so many tiles, and returns the milliseconds that it took.
const worker = new Worker("/worker.js", { type: "module" });
let fetched = 0;

const LANES = 6;
/** As `fetchTransport` asks for what goes into a store: Chromium takes a fifth longer to keep it in its own cache too. */
const UNCACHED: RequestInit = { cache: "no-store" };

globalThis.discard = (origin, tiles) => timeOf(() => fetchAll(origin, tiles, undefined, () => undefined));

globalThis.discardUncached = (origin, tiles) => timeOf(() => fetchAll(origin, tiles, UNCACHED, () => undefined));

/** Each lane waits for what `take` returns, if it returns anything, before it fetches on. */
async function fetchAll(
  origin: string,
  tiles: number,
  init: RequestInit | undefined,
  take: (body: ArrayBuffer) => Promise<void> | undefined,
): Promise<void> {
  let asked = 0;
  const lane = async () => {
    while (asked < tiles) {
      asked += 1;
      const response = await fetch(nextUrl(origin), init);
      const taken = take(await response.arrayBuffer());
      if (taken !== undefined) await taken;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Never the same again, or the browser would have it. */
function nextUrl(origin: string): string {
  return `${origin}/15/${fetched++}/0.png`;
}

/** The least that brings tiles into IndexedDB: one object store, 200 puts in a transaction while the next are fetched. */
globalThis.fetchAndPut = async (origin, tiles) => {
  const database = await openBare();
  let batch: ArrayBuffer[] = [];
  let written: Promise<void> = Promise.resolve();
  const write = () => {
    const bodies = batch;
    batch = [];
    const before = written;
    written = before.then(() => putAll(database, bodies));
    return before;
  };
  const time = await timeOf(async () => {
    await fetchAll(origin, tiles, UNCACHED, (body) => {
      batch.push(body);
      return batch.length >= 200 ? write() : undefined;
    });
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
    transaction.onabort = () => reject(transaction.error);
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
  var discardUncached: (origin: string, tiles: number) => Promise<number>;
  var fetchAndPut: (origin: string, tiles: number) => Promise<number>;
  var download: (origin: string, tiles: number) => Promise<number>;
  var downloadInWorker: (origin: string, tiles: number) => Promise<number>;
}
