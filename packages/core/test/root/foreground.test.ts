import {
  BackgroundUnavailableError,
  type DownloadProgress,
  OptionError,
  openRoot,
  RegionError,
  RootClosedError,
  StoreNotFoundError,
  TilePolicyError,
  toDownloadable,
  UnknownSourceError,
} from "@fmtc/core";
import { openMemoryStore, scriptedTransport, statusResponse, tileResponse } from "@fmtc/core/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cover, everyUrl, expectHonest, openTestRoot, region, settled, topo, urlsIn } from "./root-fixture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a download", () => {
  it("has begun when it is returned, and brings every tile into the store, pinned", async () => {
    const { hiking, store, asked } = await openTestRoot();
    const download = hiking.download.startForeground(region);
    const emissions: DownloadProgress[] = [];
    download.progress$.subscribe((progress) => emissions.push(progress));
    expect(emissions).toEqual([expect.objectContaining({ id: download.id, state: "running", max: cover.count })]);
    const last = await settled(download.done);
    expect(last).toMatchObject({ state: "completed", stored: cover.count, flushed: cover.count, percentage: 100 });
    expect(asked().toSorted()).toEqual(everyUrl.toSorted());
    expect(await urlsIn(store)).toEqual(everyUrl);
    expect(await hiking.stats()).toMatchObject({ length: cover.count, pinnedLength: cover.count });
    expectHonest(emissions);
    expect(emissions.at(-1)).toEqual(last);
  });

  it("goes on with nobody listening, and tells who comes late how it ended", async () => {
    const { hiking } = await openTestRoot();
    const download = hiking.download.startForeground(region);
    await settled(download.done);
    const seen: string[] = [];
    download.progress$.subscribe({ next: ({ state }) => seen.push(state), complete: () => seen.push("over") });
    expect(seen).toEqual(["completed", "over"]);
  });

  it("runs beside others, each with an id of its own", async () => {
    const { root, hiking } = await openTestRoot();
    await root.store("biking").manage.create();
    const first = hiking.download.startForeground(region);
    const second = root.store("biking").download.startForeground(region, { id: "mine" });
    expect(second.id).toBe("mine");
    expect(first.id).toMatch(/^[a-z\d]{20}$/);
    expect((await root.downloads.list()).map(({ id }) => id)).toEqual([first.id, "mine"]);
    await settled(Promise.all([first.done, second.done]));
    expect(await root.downloads.list()).toEqual([]);
    expect((await root.stats()).length).toBe(cover.count);
  });

  it("without recovery keeps no record, and tries what has failed once more all the same", async () => {
    const { hiking, store } = await openTestRoot({
      answer: ({ url }, nth) => (url.endsWith("/8/132/90") && nth < 4 ? statusResponse(500) : tileResponse(url)),
    });
    const download = hiking.download.startForeground(region, { recovery: false });
    await vi.advanceTimersByTimeAsync(50);
    expect(await store.downloads.list()).toEqual([]);
    expect(await settled(download.done)).toMatchObject({ stored: cover.count, failed: 0 });
  });

  it("into a store that is not there fails, and says so", async () => {
    const { root } = await openTestRoot();
    for (const recovery of [true, false]) {
      const download = root.store("nowhere").download.startForeground(region, { recovery });
      await expect(settled(download.done)).rejects.toThrow(StoreNotFoundError);
    }
  });

  it("sends the headers of its source", async () => {
    const source = { ...topo, headers: { Authorization: "secret" } };
    const { hiking, transport, store } = await openTestRoot({ sources: [source] });
    const download = hiking.download.startForeground(region);
    await vi.advanceTimersByTimeAsync(20);
    expect(transport.requests[0]?.headers).toMatchObject({ Authorization: "secret" });
    expect(JSON.stringify(await store.downloads.list())).not.toMatch(/secret|example\.org/);
    await settled(download.done);
  });
});

describe("what cannot be", () => {
  it("is refused at once, without a request or a record", async () => {
    const osm = { id: "osm", url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png" };
    const { hiking, store, asked } = await openTestRoot({ sources: [{ ...topo, maxZoom: 10 }, osm] });
    const start = (changes: object, options?: object) => () =>
      hiking.download.startForeground({ ...region, ...changes }, options);
    expect(start({ source: "osm" })).toThrow(TilePolicyError);
    expect(start({ source: "elsewhere" })).toThrow(UnknownSourceError);
    expect(start({ source: "elsewhere" })).toThrow(/"topo", "osm"/);
    expect(start({ maxZoom: 11 })).toThrow(RegionError);
    expect(start({ region: undefined })).toThrow(RegionError);
    for (const options of [
      { parallel: 0 },
      { parallel: 2.5 },
      { parallel: "5" },
      { buffer: 0 },
      { buffer: "big" },
      { buffer: { bytes: -1 } },
      { buffer: { tile: 3 } },
      { buffer: [] },
      { rateLimit: 0 },
      { rateLimit: Number.NaN },
      { skipSea: "yes" },
      { skipExisting: 1 },
      { update: "all" },
      { retries: -1 },
      { maxTileBytes: 0 },
      { reportIntervalMs: -1 },
      { recovery: null },
      { pruneSeaBelow: 25 },
      { pruneSeaBelow: 12, skipSea: false },
      { id: "" },
      { allowDuplicate: "x" },
      { paralel: 3 },
      [],
      "fast",
    ]) {
      expect(start({}, options as object), JSON.stringify(options)).toThrow(OptionError);
    }
    expect(start({}, { buffer: { tiles: -1 } })).toThrow(/^buffer\.tiles is -1/);
    expect(() => hiking.download.startForeground(region.region as never)).toThrow(/toDownloadable/);
    expect(asked()).toEqual([]);
    expect(await store.downloads.list()).toEqual([]);
  });

  it("may be overridden for a source whose operator has agreed", async () => {
    const osm = {
      ...topo,
      url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
      policy: { bulk: "allowed" as const },
    };
    const { hiking } = await openTestRoot({ sources: [osm] });
    expect(await settled(hiking.download.startForeground(region).done)).toMatchObject({ stored: cover.count });
  });

  it("in the background says which package is missing", async () => {
    const { hiking } = await openTestRoot();
    await expect(hiking.download.startBackground(region)).rejects.toThrow(BackgroundUnavailableError);
    await expect(hiking.download.startBackground(region)).rejects.toThrow(/@fmtc\/background-android/);
  });

  it("is found out when a root is opened", async () => {
    const store = await openMemoryStore();
    const transport = scriptedTransport();
    const given = { store, transport, sources: [topo] };
    for (const wrong of [
      { ...given, store: openMemoryStore() },
      { ...given, transport: undefined },
      { ...given, sources: topo },
      { ...given, sources: [topo, topo] },
      { ...given, leaseMs: 10 },
      undefined,
    ]) {
      await expect(openRoot(wrong as never)).rejects.toThrow(OptionError);
    }
    await expect(openRoot({ ...given, sources: [{ id: "x", url: "nowhere" }] })).rejects.toMatchObject({
      code: "SOURCE_INVALID",
    });
  });
});

describe("a background host", () => {
  it("is given no region that is being downloaded, here or elsewhere", async () => {
    const background = { start: () => Promise.reject(new Error("It was asked.")), list: async () => [] };
    const { hiking, store } = await openTestRoot({ background, delayMs: 1_000 });
    const { id } = hiking.download.startForeground(region);
    await vi.advanceTimersByTimeAsync(100);
    const other = await openTestRoot({ background, store });
    for (const { download } of [hiking, other.hiking]) {
      await expect(download.startBackground(region)).rejects.toMatchObject({
        code: "DOWNLOAD_DUPLICATE",
        download: id,
      });
      await expect(download.startBackground(region, { allowDuplicate: true })).rejects.toThrow("It was asked.");
    }
  });

  it("is given the download, once all is checked", async () => {
    const started: unknown[] = [];
    const background = {
      start: async (request: unknown) => {
        started.push(request);
        return (await openTestRoot()).hiking.download.startForeground(region);
      },
      list: async () => [],
    };
    const { hiking } = await openTestRoot({ background });
    await expect(hiking.download.startBackground(region, { parallel: 0 })).rejects.toThrow(OptionError);
    await expect(hiking.download.startBackground({ ...region, source: "x" })).rejects.toThrow(UnknownSourceError);
    expect(started).toEqual([]);
    await settled((await hiking.download.startBackground(region, { parallel: 3 })).done);
    expect(started).toEqual([{ store: "hiking", region, options: { parallel: 3 } }]);
  });
});

describe("sea", () => {
  const sea = tileResponse("sea");
  const source = { ...topo, seaTiles: [{ z: 8, x: 0, y: 0 }] };
  const answer = ({ url }: { url: string }) => (/\/(0|.*\/\d*[13579])$/.test(url) ? sea : tileResponse(url));

  it("is known by the source's sample, which is asked for once", async () => {
    const { root, hiking, asked } = await openTestRoot({ sources: [source], answer });
    await root.store("biking").manage.create();
    const first = hiking.download.startForeground(region);
    const second = root.store("biking").download.startForeground(region, { skipExisting: false });
    const [last] = await settled(Promise.all([first.done, second.done]));
    expect(last.skippedBy.sea).toBeGreaterThan(0);
    expect(last.stored + last.skippedBy.sea).toBe(cover.count);
    expect(asked().filter((url) => url.endsWith("/8/0/0"))).toHaveLength(1);
    expect((await hiking.stats()).length).toBe(last.stored);
  });

  it("is stored if that is wanted, and no sample is asked for", async () => {
    const { hiking, asked } = await openTestRoot({ sources: [source], answer });
    const { stored } = await settled(hiking.download.startForeground(region, { skipSea: false }).done);
    expect(stored).toBe(cover.count);
    expect(asked().filter((url) => url.endsWith("/8/0/0"))).toEqual([]);
  });

  it("that cannot be asked about now does not keep tiles from coming, and is asked about by the next", async () => {
    let isDown = true;
    const { hiking, asked } = await openTestRoot({
      sources: [source],
      answer: (request) => (isDown && request.url.endsWith("/8/0/0") ? statusResponse(503) : answer(request)),
    });
    expect((await settled(hiking.download.startForeground(region).done)).stored).toBe(cover.count);
    isDown = false;
    const again = await settled(hiking.download.startForeground(region, { skipExisting: false }).done);
    expect(again.skippedBy.sea).toBeGreaterThan(0);
    // Twice more in vain, and once by the next.
    expect(asked().filter((url) => url.endsWith("/8/0/0"))).toHaveLength(4);
  });
});

describe("what the database has", () => {
  it("joins the store without a request, pinned, whichever store has it", async () => {
    const { root, hiking, asked, store } = await openTestRoot();
    const tiles = [...cover]
      .slice(0, 50)
      .map(({ z, x, y }) => ({ source: "topo", z, x, y, bytes: tileResponse("old").body, storedAt: 1 }));
    await root.store("browsed").manage.create();
    await store.commit({ store: "browsed", tiles });
    const last = await settled(hiking.download.startForeground(region).done);
    expect(last).toMatchObject({ stored: cover.count - 50, skippedBy: { existing: 50 } });
    expect(asked().length).toBe(cover.count - 50);
    expect(await hiking.stats()).toMatchObject({ length: cover.count, pinnedLength: cover.count });
    expect((await store.tiles.info([{ source: "topo", z: 0, x: 0, y: 0 }]))[0]?.storedAt).toBe(1);
  });

  it("is downloaded all the same if nothing is to be skipped", async () => {
    const { hiking, asked } = await openTestRoot();
    await settled(hiking.download.startForeground(region).done);
    expect(await settled(hiking.download.startForeground(region, { skipExisting: false }).done)).toMatchObject({
      stored: cover.count,
    });
    expect(asked().length).toBe(2 * cover.count);
  });

  it("and somebody removes while it is being kept, is asked for", async () => {
    const { root, hiking, asked, store } = await openTestRoot();
    await settled(hiking.download.startForeground(region).done);
    await root.store("biking").manage.create();
    const download = root.store("biking").download.startForeground(region, { buffer: 1_000 });
    const outcomes: string[] = [];
    const percentages: number[] = [];
    download.progress$.subscribe(({ percentage }) => percentages.push(percentage));
    download.tiles$.subscribe(({ outcome, z }) => {
      if (z === 0) outcomes.push(outcome);
      // Looked up, and not yet committed.
      if (z === 0 && outcome === "skipped") store.tiles.remove("hiking", [{ source: "topo", z: 0, x: 0, y: 0 }]);
    });
    const last = await settled(download.done);
    expect(outcomes).toEqual(["skipped", "postponed", "stored"]);
    expect(percentages).toEqual(percentages.toSorted((a, b) => a - b));
    expect(last).toMatchObject({ stored: 1, skippedBy: { existing: cover.count - 1 }, failed: 0, retryQueued: 0 });
    expect(asked().length).toBe(cover.count + 1);
    expect((await urlsIn(store, "biking")).length).toBe(cover.count);
  });
});

describe("closing a root", () => {
  it("commits what is under way, ends its downloads, and lets others continue them", async () => {
    const { root, hiking, store, transport } = await openTestRoot();
    const underlying = { ...store, close: async () => {} };
    const owner = await openRoot({ store: underlying, transport, sources: [topo] });
    const download = owner.store("hiking").download.startForeground(region, { id: "d" });
    await vi.advanceTimersByTimeAsync(200);
    await settled(owner.close());
    await expect(download.done).rejects.toThrow(RootClosedError);
    expect(await hiking.stats()).toMatchObject({ length: transport.requests.length });
    expect(transport.underWay()).toBe(0);
    expect(() => owner.store("hiking").download.startForeground(region)).toThrow(RootClosedError);
    const { list, failed, get, resume, retryFailed, discard, failedTiles } = owner.recovery;
    for (const call of [list, failed, () => get("d"), () => resume("d"), () => retryFailed("d")]) {
      await expect(call()).rejects.toThrow(RootClosedError);
    }
    for (const call of [discard, failedTiles]) await expect(call("d")).rejects.toThrow(RootClosedError);
    const continued = await settled(root.recovery.resume("d"));
    expect(await settled(continued.done)).toMatchObject({ state: "completed" });
    expect(await urlsIn(store)).toEqual(everyUrl);
    expect(transport.requests.length).toBe(cover.count);
  });

  it("closes what it was given, once", async () => {
    const { root, store } = await openTestRoot();
    const [first, second] = [root.close(), root.close()];
    expect(first).toBe(second);
    await first;
    await expect(store.stores.list()).rejects.toMatchObject({ code: "STORE_CLOSED" });
  });
});

it("is told what it needs to know by the region alone", async () => {
  const { hiking } = await openTestRoot();
  const first100 = toDownloadable(region.region, { ...region, start: 1, end: 100 });
  expect(await hiking.download.check(region)).toBe(cover.count);
  expect(await hiking.download.check(first100)).toBe(100);
  expect(await settled(hiking.download.startForeground(first100).done)).toMatchObject({ stored: 100, max: 100 });
});
