// The baseline: the least that brings tiles from a server into SQLite. Pool.dispatch, and node:sqlite in a thread, with batches of 200
// whose bytes are transferred. It checks nothing, retries nothing, and a crash leaves no trace of how far it was.
// Arguments: where tiles are, where they go, how many at a time.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Pool } from "undici";
import { serveOrders } from "./serve-orders.ts";

const BATCH = 200;
/** Batches that the thread has not written yet, before lanes wait for it. */
const MOST_BATCHES = 2;

const [, , origin = "", file = "", lanesText = "32"] = process.argv;
const lanes = Number(lanesText);
const pool = new Pool(origin, { connections: lanes });
const writer = new Worker(new URL("./bare-writer.ts", import.meta.url), { workerData: file });
await once(writer, "message");

interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

function fetchTile(path: string, done: (body: Uint8Array<ArrayBuffer>) => void): void {
  let body = new Uint8Array();
  let offset = 0;
  let length = 0;
  pool.dispatch(
    { path, method: "GET", headers: ["User-Agent", "bench/1.0"] },
    {
      onRequestStart: () => {},
      onResponseStart: (_, __, headers) => {
        length = Number(headers["content-length"]);
      },
      onResponseData: (_, piece) => {
        if (offset === 0) body = new Uint8Array(length);
        body.set(piece, offset);
        offset += piece.length;
      },
      onResponseEnd: () => done(body),
      onResponseError: (_, error) => {
        throw error;
      },
    },
  );
}

serveOrders(
  ({ from, tiles }) =>
    new Promise<void>((resolve) => {
      let asked = 0;
      let done = 0;
      let written = 0;
      let unwritten = 0;
      let idle = 0;
      let batch: Tile[] = [];
      const flush = () => {
        if (batch.length === 0) return;
        unwritten += 1;
        writer.postMessage(
          batch,
          batch.map(({ bytes }) => bytes.buffer),
        );
        batch = [];
      };
      const next = () => {
        if (asked === tiles) return;
        if (unwritten >= MOST_BATCHES) {
          idle += 1;
          return;
        }
        const place = from + asked++;
        const tile = { z: 14, x: place % 16_000, y: Math.floor(place / 16_000) };
        fetchTile(`/${tile.z}/${tile.x}/${tile.y}.png`, (bytes) => {
          batch.push({ ...tile, bytes });
          done += 1;
          if (batch.length === BATCH || done === tiles) flush();
          next();
        });
      };
      const onWritten = (count: number) => {
        written += count;
        unwritten -= 1;
        if (written === tiles) {
          writer.off("message", onWritten);
          resolve();
          return;
        }
        for (let waiting = idle; waiting > 0; waiting--) {
          idle -= 1;
          next();
        }
      };
      writer.on("message", onWritten);
      for (let lane = 0; lane < lanes; lane++) next();
    }),
);
