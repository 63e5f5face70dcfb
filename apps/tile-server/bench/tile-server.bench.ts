import { defineBenchmark } from "../../../tools/bench/define-benchmark.ts";
import { fetchAll, openPool } from "./fetch-all.ts";
import { startServerProcess } from "./server-process.ts";

const REQUESTS = 2000;

export const benchmark = defineBenchmark({
  name: "tile-server",
  title: "Serving tiles that were drawn beforehand",
  libraries: ["undici"],
  cases: [
    {
      name: `serve: ${REQUESTS.toLocaleString("en")} tiles over 32 connections`,
      goal: { atLeast: 0.8 },
      baseline: "node:http with one fixed buffer",
      candidate: "--throughput",
      prepare: async ({ random }) => {
        const paths = Array.from({ length: REQUESTS }, () => {
          const [x, y] = [Math.floor(random() * 65_536), Math.floor(random() * 65_536)];
          return `/xyz/16/${x}/${y}.png`;
        });
        const ours = await startServerProcess(
          "../src/main.ts",
          "--port",
          "0",
          "--json",
          "--throughput",
          "--exit-with-stdin",
        );
        const ourPool = openPool(ours.url);
        // Both send as many bytes: the fixed buffer is as long as our tiles are on average.
        const bytes = await fetchAll(ourPool, paths);
        const bare = await startServerProcess("./bare-server.ts", `${Math.round(bytes / REQUESTS)}`);
        const barePool = openPool(bare.url);
        return {
          baseline: () => fetchAll(barePool, paths),
          candidate: () => fetchAll(ourPool, paths),
          cleanUp: async () => {
            await Promise.all([ourPool.close(), barePool.close()]);
            await Promise.all([ours.stop(), bare.stop()]);
          },
        };
      },
    },
  ],
});
