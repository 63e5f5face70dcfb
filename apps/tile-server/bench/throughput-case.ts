import { request } from "undici";
import type { BenchmarkCase } from "../../../tools/bench/define-benchmark.ts";
import { fetchAll, openPool } from "./fetch-all.ts";
import { startServerProcess, startTileServerProcess } from "./server-process.ts";

const REQUESTS = 2000;
/** Until both servers' machine code is what it is going to be. */
const WARM_UP_ROUNDS = 15;
/** What Node adds to every answer by itself. */
const NODES_OWN = ["date", "connection", "keep-alive"];

export const throughputCase: BenchmarkCase = {
  name: `serve: ${REQUESTS.toLocaleString("en")} tiles over 32 connections`,
  goal: { atLeast: 0.8 },
  baseline: "node:http with one fixed answer of that size and those headers",
  candidate: "--throughput",
  prepare: async ({ random }) => {
    const paths = Array.from({ length: REQUESTS }, () => {
      const [x, y] = [Math.floor(random() * 65_536), Math.floor(random() * 65_536)];
      return `/xyz/16/${x}/${y}.png`;
    });
    const ours = await startTileServerProcess("--throughput");
    const ourPool = openPool(ours.url);
    const answer = {
      bytes: Math.round((await fetchAll(ourPool, paths)) / REQUESTS),
      headers: await headersOf(`${ours.url}${paths[0]}`),
    };
    const bare = await startServerProcess("./bare-server.ts", JSON.stringify(answer));
    const barePool = openPool(bare.url);
    for (let i = 0; i < WARM_UP_ROUNDS; i++) {
      await fetchAll(ourPool, paths);
      await fetchAll(barePool, paths);
    }
    return {
      baseline: () => fetchAll(barePool, paths),
      candidate: () => fetchAll(ourPool, paths),
      cleanUp: async () => {
        await Promise.all([ourPool.close(), barePool.close()]);
        await Promise.all([ours.stop(), bare.stop()]);
      },
    };
  },
};

async function headersOf(url: string): Promise<Record<string, string>> {
  const { headers, body } = await request(url);
  await body.dump();
  const own = Object.entries(headers).filter(([name]) => !NODES_OWN.includes(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
