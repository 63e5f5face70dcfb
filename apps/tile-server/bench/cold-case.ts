import { Pool, request } from "undici";
import type { BenchmarkCase } from "../../../tools/bench/define-benchmark.ts";
import { startTileServerProcess } from "./server-process.ts";

const TILES_PER_ZOOM = 10;
const ZOOMS = 23;
/** Where there is more to draw than the sea, as shares of the map: Europe, Africa, and the west and south of Asia. */
const LAND = { west: 0.45, north: 0.25, width: 0.35, height: 0.3 };

/** How long one client waits for tiles of all zooms that nobody has asked for yet, and for the same ones again. */
export function coldCase(extension: "png" | "webp"): BenchmarkCase {
  return {
    name: `draw: tiles of all zooms, .${extension}`,
    goal: { atMost: 40 },
    measures: "ms for 95 of 100 tiles",
    baseline: "the same tile a second time",
    candidate: "drawn for the first time",
    prepare: async ({ random }) => {
      const server = await startTileServerProcess();
      const pool = new Pool(server.url, { connections: 1 });
      let version = 1;
      let paths: string[] = [];
      const run = async () => {
        const waits: number[] = [];
        for (const path of paths) {
          const start = performance.now();
          const { statusCode, body } = await pool.request({ path, method: "GET" });
          await body.dump();
          waits.push(performance.now() - start);
          if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
        }
        return waits.sort((a, b) => a - b)[Math.floor(0.95 * waits.length)] ?? Number.NaN;
      };
      const anew = async () => {
        // All pictures of a new version have to be drawn, also those of zooms that have but a few.
        version++;
        const body = JSON.stringify({ map: { version } });
        const answer = await request(`${server.controlUrl}/control`, { method: "PATCH", body });
        await answer.body.dump();
        // The first zooms have fewer tiles than that.
        paths = [...new Set(Array.from({ length: TILES_PER_ZOOM * ZOOMS }, (_, i) => pathOf(i, random, extension)))];
        return run();
      };
      await anew();
      return {
        baseline: run,
        candidate: anew,
        cleanUp: async () => {
          await pool.close();
          await server.stop();
        },
      };
    },
  };
}

function pathOf(i: number, random: () => number, extension: string): string {
  const z = i % ZOOMS;
  const isOnLand = i % 2 === 0;
  const x = isOnLand ? LAND.west + LAND.width * random() : random();
  const y = isOnLand ? LAND.north + LAND.height * random() : random();
  return `/xyz/${z}/${Math.floor(x * 2 ** z)}/${Math.floor(y * 2 ** z)}.${extension}`;
}
