import { rectangle, type TileSource, toDownloadable } from "@fmtc/core";
import { statusResponse, tileResponse } from "@fmtc/core/testing";
import { from, VirtualTimeScheduler } from "rxjs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cover, everyUrl, expectHonest, noted, openTestRoot, region, settled, urlsIn } from "./root-fixture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A root that notes how many requests were under way at the most. */
async function openWatchedRoot(options: Parameters<typeof openTestRoot>[0] = {}) {
  let most = 0;
  const opened = await openTestRoot({
    ...options,
    answer: ({ url }) => {
      most = Math.max(most, opened.transport.underWay());
      return tileResponse(url);
    },
  });
  return { ...opened, most: () => most };
}

/** Downloads from all sources at once, of which one is asked to wait. Returns what is asked for while it has to, the first moment aside. */
async function askedWhileOneWaits(
  sources: readonly TileSource[],
  isRefused: (url: string) => boolean,
): Promise<readonly string[]> {
  let hasRefused = false;
  const { hiking, asked } = await openTestRoot({
    sources,
    answer: ({ url }) => {
      if (hasRefused || !isRefused(url)) return tileResponse(url);
      hasRefused = true;
      return statusResponse(429, { "retry-after": "5" });
    },
  });
  const downloads = sources.map(({ id }) => hiking.download.startForeground({ ...region, source: id }));
  await vi.advanceTimersByTimeAsync(100);
  const before = asked().length;
  await vi.advanceTimersByTimeAsync(4_000);
  const meanwhile = asked().slice(before);
  await settled(Promise.all(downloads.map(({ done }) => done)));
  expect(hasRefused).toBe(true);
  return meanwhile;
}

it("reports once an interval at the most, changes of state aside", async () => {
  const { hiking } = await openTestRoot();
  const { download, emissions } = noted(hiking.download.startForeground(region, { reportIntervalMs: 100 }));
  const last = await settled(download.done);
  expect(emissions.length).toBeLessThanOrEqual(last.elapsedMs / 100 + 3);
  expect(emissions.length).toBeGreaterThan(3);
  const { tilesPerSecond, etaMs } = emissions.at(-2) ?? last;
  // Five lanes, 10 ms a tile.
  expect(tilesPerSecond).toBeGreaterThan(400);
  expect(tilesPerSecond).toBeLessThan(600);
  expect(etaMs).toBeLessThan(1_000);
});

it("tells the rate rightly from the first second on, though reports come before the first tile does", async () => {
  const { hiking } = await openTestRoot({ delayMs: 50 });
  const { download, emissions } = noted(hiking.download.startForeground(region, { reportIntervalMs: 20 }));
  await settled(download.done);
  expect(emissions.find(({ elapsedMs, attempted }) => elapsedMs > 0 && attempted === 0)).toBeDefined();
  for (const { tilesPerSecond, attempted, elapsedMs } of emissions.filter((each) => each.elapsedMs > 300)) {
    // Five lanes, 50 ms a tile.
    expect(tilesPerSecond / 100, `${attempted} after ${elapsedMs}`).toBeGreaterThan(0.8);
    expect(tilesPerSecond / 100).toBeLessThan(1.2);
  }
});

it("is no storm of reports at ten thousand tiles a second", async () => {
  const { hiking } = await openTestRoot({ delayMs: 1 });
  const large = toDownloadable(rectangle({ north: 50, south: 40, west: 0, east: 20 }), {
    minZoom: 0,
    maxZoom: 13,
    source: "topo",
    end: 20_000,
  });
  const { download, emissions } = noted(
    hiking.download.startForeground(large, { parallel: 10, reportIntervalMs: 200 }),
  );
  const last = await settled(download.done);
  expect(last.elapsedMs).toBeGreaterThan(1_500);
  expect(emissions.length).toBeLessThanOrEqual(last.elapsedMs / 200 + 3);
  expectHonest(emissions);
});

it("is driven by what comes, and by no timer, which a hidden page has but once a second", async () => {
  const never = new VirtualTimeScheduler();
  const answer = ({ url }: { url: string }) => from(Promise.resolve(tileResponse(url)));
  const { hiking, store } = await openTestRoot({ scheduler: never, answer });
  const { download, emissions } = noted(hiking.download.startForeground(region));
  expect(await download.done).toMatchObject({ state: "completed", stored: cover.count });
  expect(never.now()).toBe(0);
  expect(emissions.at(-1)).toMatchObject({ state: "completed", percentage: 100 });
  expect(await urlsIn(store)).toEqual(everyUrl);
});

it("never asks for more at a time than it has lanes", async () => {
  const { hiking, most } = await openWatchedRoot();
  await settled(hiking.download.startForeground(region, { parallel: 3 }).done);
  expect(most()).toBe(3);
});

it("keeps to its rate limit, whatever the number of lanes, and says so", async () => {
  const { hiking } = await openTestRoot();
  const { download, emissions } = noted(hiking.download.startForeground(region, { rateLimit: 20, parallel: 8 }));
  const { elapsedMs } = await settled(download.done);
  expect(elapsedMs).toBeGreaterThan(((cover.count - 1) / 20) * 1_000);
  expect(elapsedMs).toBeLessThan((cover.count / 20) * 1_000 + 200);
  expect(emissions.at(-2)).toMatchObject({ isRateLimited: true, limit: { perSecond: 20, by: "options" } });
});

it("keeps to the policy's rate and connections together with all others of its host", async () => {
  const policy = { bulk: "allowed" as const, tilesPerSecond: 50, connections: 2 };
  const sources = ["one", "two"].map((id) => ({
    id,
    url: `https://tiles.example.org/${id}/{z}/{x}/{y}`,
    seaTiles: [],
    policy,
  }));
  const { hiking, most } = await openWatchedRoot({ sources, delayMs: 100 });
  const begun = Date.now();
  const downloads = sources.map(({ id }) => hiking.download.startForeground({ ...region, source: id }));
  await vi.advanceTimersByTimeAsync(100);
  await settled(Promise.all(downloads.map(({ done }) => done)));
  expect(most()).toBe(2);
  expect(Date.now() - begun).toBeGreaterThanOrEqual((2 * cover.count * 100) / 2 - 200);
});

it("obeys a Retry-After for all sources that have a server in common, be it through a third", async () => {
  const url = (host: string) => `https://${host}.example.org/{z}/{x}/{y}`;
  const sources = [
    { id: "one", url: url("{s}"), subdomains: ["a", "b"], seaTiles: [] },
    { id: "two", url: url("{s}"), subdomains: ["c", "d"], seaTiles: [] },
    { id: "far", url: url("far"), seaTiles: [] },
    { id: "between", url: url("{s}"), subdomains: ["b", "c"], seaTiles: [] },
  ];
  const hostOf = (each: string) => each.slice("https://".length, each.indexOf("."));
  const meanwhile = (await askedWhileOneWaits(sources, (each) => hostOf(each) === "a")).map(hostOf);
  expect(new Set(meanwhile)).toEqual(new Set(["far"]));
  expect(meanwhile.length).toBeGreaterThan(50);
});

it("keeps to the strictest policy of all sources that share a server, whatever their order", async () => {
  const policies = [{}, { tilesPerSecond: 40 }, { connections: 2 }, { tilesPerSecond: 80, connections: 4 }];
  const sources = policies.map((limits, i) => ({
    id: `source-${i}`,
    url: `https://tiles.example.org/${i}/{z}/{x}/{y}`,
    seaTiles: [],
    policy: { bulk: "allowed" as const, ...limits },
  }));
  const { hiking, most } = await openWatchedRoot({ sources, delayMs: 100 });
  const { download, emissions } = noted(hiking.download.startForeground({ ...region, source: "source-0" }));
  await settled(download.done);
  expect(most()).toBe(2);
  expect(emissions[0]?.limit).toEqual({ perSecond: 40, by: "policy" });
});

it("obeys a Retry-After for all paths on the page's own server", async () => {
  const sources = ["one", "two"].map((id) => ({ id, url: `/${id}/{z}/{x}/{y}`, seaTiles: [] }));
  expect(await askedWhileOneWaits(sources, () => true)).toEqual([]);
});

it("leaves a pause out of the rate", async () => {
  const { hiking } = await openTestRoot();
  const { download, emissions } = noted(hiking.download.startForeground(region, { reportIntervalMs: 50 }));
  await vi.advanceTimersByTimeAsync(200);
  await settled(download.pause());
  await vi.advanceTimersByTimeAsync(3_600_000);
  const before = emissions.length;
  await download.resume();
  await settled(download.done);
  for (const { tilesPerSecond } of emissions.slice(before + 1)) expect(tilesPerSecond).toBeGreaterThan(300);
});

it("does not promise to be through sooner than the server lets it", async () => {
  let asked = 0;
  const { hiking } = await openTestRoot({
    answer: ({ url }) => {
      asked += 1;
      return asked === 60 ? statusResponse(429) : tileResponse(url);
    },
  });
  const { download, emissions } = noted(hiking.download.startForeground(region, { reportIntervalMs: 50 }));
  await settled(download.done);
  const held = emissions.filter(({ limit, etaMs }) => limit?.by === "server" && etaMs !== undefined);
  expect(held.length).toBeGreaterThan(3);
  expect(held.some(({ limit, tilesPerSecond }) => tilesPerSecond > (limit?.perSecond ?? 0) * 1.5)).toBe(true);
  for (const { limit, etaMs = 0, max, attempted, retryQueued } of held) {
    const least = ((max - attempted + retryQueued) / (limit?.perSecond ?? 0)) * 1_000;
    expect(etaMs).toBeGreaterThanOrEqual(least * 0.999);
  }
});
