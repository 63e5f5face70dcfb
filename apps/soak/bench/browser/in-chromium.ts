import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { bundle } from "../../../../tools/bench/bundle.ts";
import type { BenchmarkCase, Goal } from "../../../../tools/bench/define-benchmark.ts";
import { messageOf, start } from "../../../../tools/bench/processes.ts";
import { openPlainChromium, type PlainChromium } from "./plain-chromium.ts";

const TILES = 3_000;

interface Side {
  readonly name: string;
  /** What the page is to do (page.ts). */
  readonly call: "discard" | "discardUncached" | "fetchAndPut" | "download" | "downloadInWorker";
  readonly isHidden?: boolean;
}

/** Two ways to fetch tiles in a real Chromium. */
export function inChromium(name: string, goal: Goal, baseline: Side, candidate: Side): BenchmarkCase {
  return {
    name: `in Chromium, ${TILES.toLocaleString("en")} tiles into IndexedDB: ${name}`,
    goal,
    baseline: baseline.name,
    candidate: candidate.name,
    measures: "ms",
    prepare: async () => {
      const { browser, origin, cleanUp } = await open();
      const run = (side: Side) => async () => {
        await (side.isHidden === true ? browser.hide() : browser.show());
        return browser.evaluate(`${side.call}(${JSON.stringify(origin)}, ${TILES})`);
      };
      await run(baseline)();
      await run(candidate)();
      return { baseline: run(baseline), candidate: run(candidate), cleanUp };
    },
  };
}

async function open(): Promise<{ browser: PlainChromium; origin: string; cleanUp: () => Promise<void> }> {
  const scripts: Readonly<Record<string, string>> = {
    "/page.js": await bundle(new URL("./page.ts", import.meta.url)),
    "/worker.js": await bundle(new URL("./worker.ts", import.meta.url)),
  };
  const server = createServer(({ url = "" }, response) => {
    const script = scripts[url];
    response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
    response.end(script ?? '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const tiles = start(new URL("../tile-server.ts", import.meta.url), 0);
  const origin = `http://127.0.0.1:${await messageOf<number>(tiles)}`;
  const browser = await openPlainChromium(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  if ((await browser.evaluate('"download" in globalThis')) !== true) throw new Error("The page's script has failed.");
  return {
    browser,
    origin,
    cleanUp: async () => {
      await browser.close();
      server.close();
      tiles.disconnect();
    },
  };
}
