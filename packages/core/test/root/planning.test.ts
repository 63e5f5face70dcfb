import { OptionError, StoreNotFoundError, TransportError, UnknownSourceError } from "@fmtc/core";
import { openMemoryStore, statusResponse, tileResponse } from "@fmtc/core/testing";
import { throwError } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cover, everyUrl, openTestRoot, region, settled, topo } from "./root-fixture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("plan", () => {
  it("counts, and asks nobody, if no samples are wanted", async () => {
    const { hiking, asked } = await openTestRoot();
    const plan = await hiking.download.plan(region, { rateLimit: 10 });
    expect(plan).toEqual({
      tiles: cover.count,
      tilesByZoom: cover.countByZoom,
      bytes: undefined,
      tilesPerSecond: 10,
      durationMs: cover.count * 100,
      availableBytes: undefined,
      fits: undefined,
      isAllowed: true,
      refusal: undefined,
    });
    expect(asked()).toEqual([]);
    expect(await hiking.download.plan(region)).toMatchObject({ tilesPerSecond: undefined, durationMs: undefined });
  });

  it("weighs a few tiles of each zoom, drawn by chance, and times them", async () => {
    const { hiking, asked } = await openTestRoot({ delayMs: 100, answer: () => tileResponse("x".repeat(992)) });
    const plan = await settled(hiking.download.plan(region, { samplesPerZoom: 3, parallel: 2 }));
    const zooms = asked().map((url) => Number(url.split("/")[3]));
    for (const [z, count] of cover.countByZoom) {
      expect(zooms.filter((zoom) => zoom === z)).toHaveLength(Math.min(3, count));
    }
    expect(new Set(asked()).size).toBe(asked().length);
    expect(asked().every((url) => everyUrl.includes(url))).toBe(true);
    expect(plan.bytes?.likely).toBe(cover.count * 1_000);
    expect(plan.tilesPerSecond).toBeCloseTo(20, -1);
    expect(plan.durationMs).toBeCloseTo((cover.count / (plan.tilesPerSecond ?? 0)) * 1_000);
  });

  it("says whether it fits, where the platform tells", async () => {
    const store = await openMemoryStore();
    const plan = async (availableBytes: number) => {
      const stats = async () => ({ ...(await store.stats()), availableBytes });
      const { hiking } = await openTestRoot({
        store: { ...store, stats },
        answer: () => tileResponse("x".repeat(992)),
      });
      return settled(hiking.download.plan(region, { samplesPerZoom: 2 }));
    };
    expect(await plan(cover.count * 1_000)).toMatchObject({ fits: true, availableBytes: cover.count * 1_000 });
    expect(await plan(cover.count * 1_000 - 1)).toMatchObject({ fits: false });
  });

  it("keeps to what the policy allows, and says what it does not", async () => {
    const slow = { ...topo, policy: { bulk: "allowed" as const, tilesPerSecond: 2 } };
    const allowed = await openTestRoot({ sources: [slow] });
    expect(await allowed.hiking.download.plan(region, { rateLimit: 10 })).toMatchObject({ tilesPerSecond: 2 });

    const osm = { ...topo, url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png" };
    const { hiking, asked } = await openTestRoot({ sources: [osm] });
    const plan = await hiking.download.plan(region, { samplesPerZoom: 3 });
    expect(plan).toMatchObject({ tiles: cover.count, isAllowed: false, bytes: undefined });
    expect(plan.refusal).toMatch(/operations\.osmfoundation\.org/);
    expect(asked()).toEqual([]);
  });

  it("does without samples that do not come, and counts what is not there as nothing", async () => {
    const { hiking } = await openTestRoot({
      answer: ({ url }) => (url.includes("/8/") ? statusResponse(500) : statusResponse(404)),
    });
    expect((await settled(hiking.download.plan(region, { samplesPerZoom: 2 }))).bytes?.likely).toBe(0);
    const none = await openTestRoot({ answer: () => statusResponse(500) });
    expect((await settled(none.hiking.download.plan(region, { samplesPerZoom: 2 }))).bytes).toBeUndefined();
  });

  it("keeps to its own rate, and does not wait for a server that is away", async () => {
    const { hiking, asked } = await openTestRoot();
    const begun = Date.now();
    await settled(hiking.download.plan(region, { samplesPerZoom: 2, rateLimit: 5 }));
    expect(Date.now() - begun).toBeGreaterThanOrEqual((asked().length - 2) * 200);
    const away = await openTestRoot({ answer: () => throwError(() => new TransportError("connect", "…")) });
    const since = Date.now();
    const plan = await settled(away.hiking.download.plan(region, { samplesPerZoom: 2 }));
    expect(plan).toMatchObject({ tiles: cover.count, bytes: undefined });
    expect(Date.now() - since).toBeLessThan(1_000);
  });

  it("refuses what cannot be", async () => {
    const { hiking } = await openTestRoot();
    await expect(hiking.download.plan(region, { samplesPerZoom: -1 })).rejects.toThrow(OptionError);
    await expect(hiking.download.plan(region, { parallel: 0 })).rejects.toThrow(OptionError);
    await expect(hiking.download.plan(region, { samplePerZoom: 3 } as never)).rejects.toThrow(/samplesPerZoom/);
    await expect(hiking.download.plan(region, null as never)).rejects.toThrow(OptionError);
    await expect(hiking.download.plan({ ...region, source: "x" })).rejects.toThrow(UnknownSourceError);
  });
});

/** A root whose store has all of the region, with tags to ask by; a few tiles are gone, and a few have gone stale. */
async function openOldRoot() {
  let version = 1;
  const gone = new Set<string>();
  const opened = await openTestRoot({
    answer: ({ url, headers }) => {
      const headersOf = { etag: `"${version}"`, "cache-control": "max-age=3600" };
      if (gone.has(url)) return statusResponse(404);
      const changed = url.includes("/7/");
      if (headers?.["If-None-Match"] !== undefined && !changed) return statusResponse(304, headersOf);
      return tileResponse(`${url} ${version}`, headersOf);
    },
  });
  await settled(opened.hiking.download.startForeground(region).done);
  return {
    ...opened,
    age: async () => {
      version += 1;
      await vi.advanceTimersByTimeAsync(3_600_000);
    },
    gone,
  };
}

describe("audit and repair", () => {
  it("tell what is missing and what is stale, and mend just that", async () => {
    const { hiking, store, asked, age } = await openOldRoot();
    expect(await hiking.download.audit(region)).toMatchObject({
      max: cover.count,
      present: cover.count,
      stale: 0,
      missing: 0,
    });
    await age();
    const fresh = [...cover].slice(0, 30).map(({ z, x, y }) => ({ source: "topo", z, x, y }));
    const lost = [...cover].slice(40, 50).map(({ z, x, y }) => ({ source: "topo", z, x, y }));
    const storedAt = Date.now();
    await store.commit({
      store: "hiking",
      tiles: fresh.map((key) => ({ ...key, storedAt, expiresAt: storedAt + 1_000_000 })),
    });
    await store.tiles.remove("hiking", lost);
    const before = asked().length;
    const audit = await hiking.download.audit(region);
    expect(audit).toMatchObject({ present: 30, missing: 10, stale: cover.count - 40, max: cover.count });
    expect(audit.bytes).toBe((await hiking.stats()).bytes);
    expect(asked().length).toBe(before);

    const last = await settled(hiking.download.repair(region).done);
    expect(last.skippedBy.existing).toBe(30);
    expect(asked().length - before).toBe(cover.count - 30);
    expect(await hiking.download.audit(region)).toMatchObject({ present: cover.count, stale: 0, missing: 0 });
  });

  it("go over the store instead of the region where that is shorter", async () => {
    const { hiking, store } = await openTestRoot();
    const tiles = [...cover]
      .slice(0, 5)
      .map(({ z, x, y }) => ({ source: "topo", z, x, y, bytes: new Uint8Array(3), storedAt: 1 }));
    const others = [{ ...tiles[0], source: "other", bytes: new Uint8Array(9), storedAt: 1, z: 0, x: 0, y: 0 }];
    await store.commit({ store: "hiking", tiles: [...tiles, ...others] });
    const huge = { ...region, maxZoom: 16 };
    const max = await hiking.download.check(huge);
    expect(await hiking.download.audit(huge)).toEqual({ max, present: 5, stale: 0, missing: max - 5, bytes: 15 });
  });

  it("say so if there is no such store", async () => {
    const { root } = await openTestRoot();
    await expect(root.store("nowhere").download.audit(region)).rejects.toThrow(StoreNotFoundError);
  });
});

describe("update", () => {
  it("asks about everything, and tells what has changed, what has not, and what is gone", async () => {
    const { hiking, asked, age, gone, transport } = await openOldRoot();
    await age();
    for (const url of everyUrl.slice(60, 65)) gone.add(url);
    const before = asked().length;
    const last = await settled(hiking.download.update(region).done);
    const changed = everyUrl.filter((url, i) => url.includes("/7/") && !(i >= 60 && i < 65)).length;
    expect(last).toMatchObject({ changed, gone: 5, failed: 5, stored: changed });
    expect(last.skippedBy.unmodified).toBe(cover.count - changed - 5);
    expect(asked().length - before).toBe(cover.count);
    expect(transport.requests.at(-1)?.headers?.["If-None-Match"]).toBe('"1"');
    // What the server no longer has is still shown offline.
    expect((await hiking.stats()).length).toBe(cover.count);
  });

  it("does not ask for what the policy wants to be kept for longer", async () => {
    const kept = { ...topo, policy: { bulk: "allowed" as const, minCacheMs: 7 * 86_400_000 } };
    const { hiking, asked, store } = await openTestRoot({
      sources: [kept],
      answer: ({ url }) => tileResponse(url, { "cache-control": "max-age=60" }),
    });
    await settled(hiking.download.startForeground(region).done);
    const [info] = await store.tiles.info([{ source: "topo", z: 0, x: 0, y: 0 }]);
    expect(info?.expiresAt).toBe((info?.storedAt ?? 0) + 7 * 86_400_000);
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect((await settled(hiking.download.update(region).done)).skippedBy.existing).toBe(cover.count);
    expect(asked().length).toBe(cover.count);
    await vi.advanceTimersByTimeAsync(7 * 86_400_000);
    await settled(hiking.download.update(region).done);
    expect(asked().length).toBe(2 * cover.count);
  });
});
