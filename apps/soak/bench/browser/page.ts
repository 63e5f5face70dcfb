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
  var download: (origin: string, tiles: number) => Promise<number>;
  var downloadInWorker: (origin: string, tiles: number) => Promise<number>;
}
