import { coverOf, type Download, rectangle, toDownloadable } from "@fmtc/core";
import { filter, firstValueFrom, map } from "rxjs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestRoot } from "./open-test-root.ts";
import { pathOf, sourceOf } from "./source.ts";
import { startTileServer, type TileServer } from "./tile-server.ts";

/** Regions side by side, so that no tile below zoom 3 is in two; each is downloaded into a store of its own. */
const regions = [-160, -100, -40, 20, 80].map((west) =>
  toDownloadable(rectangle({ north: 40, south: 10, west: west + 1, east: west + 29 }), {
    minZoom: 5,
    maxZoom: 6,
    source: "world",
  }),
);
const PARALLEL = 4;
const LANES = regions.length * PARALLEL;
const everyPath = regions.flatMap((region) => [...coverOf(region)].map(pathOf));

let server: TileServer;
beforeAll(async () => {
  server = await startTileServer("--throughput");
});
beforeEach(async () => {
  await server.heal();
  await server.forgetStats();
});
afterAll(() => server.stop());

/** Starts all at once. */
async function startAll() {
  const { root, store } = await openTestRoot([sourceOf(server.url)]);
  const downloads = await Promise.all(
    regions.map(async (region, i) => {
      const named = root.store(`region ${i}`);
      await named.manage.create();
      return named.download.startForeground(region, { parallel: PARALLEL, buffer: 20, reportIntervalMs: 10 });
    }),
  );
  return { root, store, downloads };
}

async function expectAllComplete({ root, downloads }: Awaited<ReturnType<typeof startAll>>): Promise<void> {
  const ends = await Promise.all(downloads.map(({ done }) => done));
  for (const [i, end] of ends.entries()) {
    const { count } = coverOf(regions[i] ?? expect.fail("There is no such region."));
    expect(end).toMatchObject({ state: "completed", max: count, stored: count, failed: 0, skipped: 0 });
    expect(await root.store(`region ${i}`).stats()).toMatchObject({ length: count });
  }
  expect(await root.recovery.list()).toEqual([]);
}

const whenStored = (tiles: number, { progress$ }: Download) =>
  firstValueFrom(progress$.pipe(filter(({ stored }) => stored >= tiles)));

const whenIn = (state: string, { progress$ }: Download) =>
  firstValueFrom(progress$.pipe(filter((progress) => progress.state === state)));

test("there are as many tiles as there are addresses", () => {
  expect(new Set(everyPath).size).toBe(everyPath.length);
});

test("when the server goes away, all wait; when it is back, all go on, and no tile is fetched twice", async () => {
  await server.change({ latency: { ms: 20 } });
  const all = await startAll();
  await Promise.all(all.downloads.map((download) => whenStored(10, download)));
  await server.change({ offline: true });
  const waiting = await Promise.all(all.downloads.map((download) => whenIn("waiting", download)));
  for (const progress of waiting) expect(progress).toMatchObject({ failed: 0, waiting: { reason: "offline" } });
  await server.change({ offline: false });
  await expectAllComplete(all);
  const { total, tiles } = await server.stats();
  expect(Object.keys(tiles).toSorted()).toEqual(everyPath.toSorted());
  for (const { ok } of Object.values(tiles)) expect(ok).toBeGreaterThanOrEqual(1);
  // Answers that were on their way when the server went.
  expect(total.ok - everyPath.length, "tiles that came twice").toBeLessThanOrEqual(LANES);
});

test("a server that refuses more is not asked for more, by all of them together", async () => {
  const rateLimit = { perSecond: 100, burst: 50, retryAfterSeconds: 1, retryAfterAs: "seconds" };
  await server.change({ rateLimit });
  const all = await startAll();
  const limits = all.downloads.map(({ progress$ }) =>
    firstValueFrom(
      progress$.pipe(
        map(({ limit }) => limit),
        filter((limit) => limit !== undefined),
      ),
    ),
  );
  const waiting = await Promise.all(all.downloads.map((download) => whenIn("waiting", download)));
  for (const progress of waiting) expect(progress).toMatchObject({ waiting: { reason: "asked-to" } });
  for (const limit of await Promise.all(limits)) expect(limit).toMatchObject({ by: "server" });
  await expectAllComplete(all);
  const { total, tiles } = await server.stats();
  expect(Object.keys(tiles).toSorted()).toEqual(everyPath.toSorted());
  for (const { requests, ok, faulty } of Object.values(tiles)) expect([ok, requests]).toEqual([1, 1 + faulty]);
  // What was on its way when the first of them was refused, and the little more that is tried once in a while.
  expect(total.faulty, "requests that were refused").toBeLessThanOrEqual(2 * LANES);
});
