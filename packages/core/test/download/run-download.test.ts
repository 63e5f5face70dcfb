import {
  coverOf,
  type DownloadRecord,
  LeaseLostError,
  rectangle,
  StoreFullError,
  type TileStore,
  type Transport,
  TransportError,
  type TransportRequest,
  type TransportResponse,
  toDownloadable,
} from "@fmtc/core";
import { asyncScheduler, defer, delay, NEVER, type Observable, of, tap, throwError } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HostGate } from "../../src/download/host-gate.ts";
import { RecordedJournal } from "../../src/download/recorded-journal.ts";
import { type RunOptions, runDownload } from "../../src/download/run-download.ts";
import { FoundSea } from "../../src/download/sea.ts";
import { TokenBucket } from "../../src/download/token-bucket.ts";
import type { DownloadProgress } from "../../src/ports/download-progress.ts";
import { openMemoryStore } from "../../src/testing/memory-store.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];
const LEASE_MS = 30_000;

const region = toDownloadable(rectangle({ north: 50, south: 40, west: 0, east: 20 }), {
  minZoom: 0,
  maxZoom: 8,
  source: "topo",
});
const cover = coverOf(region);
const everyUrl = [...cover].map(({ z, x, y }) => `${z}/${x}/${y}`);

const tile = (url = ""): TransportResponse => ({
  status: 200,
  headers: {},
  body: Uint8Array.from([...PNG, ...new TextEncoder().encode(url)]),
});
const status = (code: number, headers: Record<string, string> = {}): TransportResponse => ({
  status: code,
  headers,
  body: new Uint8Array(),
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Answer = (request: TransportRequest, nth: number) => Observable<TransportResponse> | TransportResponse;

/** A transport that answers as it is told after 10 ms, and notes what it was asked. */
function scripted(answer: Answer = ({ url }) => tile(url)) {
  const asked: string[] = [];
  const conditions: (string | undefined)[] = [];
  const transport: Transport = {
    request: (request) =>
      defer(() => {
        asked.push(request.url);
        conditions.push(request.headers?.["If-None-Match"]);
        const given = answer(request, asked.filter((url) => url === request.url).length);
        return "status" in given ? of(given).pipe(delay(10)) : given;
      }),
    close: async () => {},
  };
  return { transport, asked, conditions };
}

async function begin(
  transport: Transport,
  { store, record: found, ...options }: { store?: TileStore; record?: DownloadRecord } & Partial<RunOptions> = {},
) {
  const into = store ?? (await openMemoryStore());
  await into.stores.create("hiking");
  const record = found ?? {
    id: "d",
    store: "hiking",
    createdAt: 0,
    region,
    total: cover.count,
    coverOrder: 1,
    options: {},
    progress: { state: "running", updatedAt: 0, finished: [], counts: {} },
  };
  const owner = found === undefined ? "first" : "second";
  const journal = new RecordedJournal({
    store: into,
    record,
    put: found === undefined ? () => into.downloads.put(record) : undefined,
    acquire: () => {
      const now = Date.now();
      return into.downloads.acquire("d", { owner, now, expiresAt: now + LEASE_MS });
    },
    leaseMs: LEASE_MS,
    scheduler: asyncScheduler,
  });
  const download = runDownload({
    id: record.id,
    name: record.store,
    source: "topo",
    cover,
    progress: record.progress,
    which: "missing",
    journal,
    tiles: into.tiles,
    lookUp: false,
    knowSea: async () => () => false,
    bufferTiles: 20,
    bufferBytes: 1_000_000,
    reportIntervalMs: 100,
    transport,
    gate: new HostGate(asyncScheduler),
    bucket: undefined,
    scheduler: asyncScheduler,
    chance: () => 0.5,
    urlOf: ({ z, x, y }) => `${z}/${x}/${y}`,
    headers: {},
    lanes: 5,
    attempts: 3,
    maxTileBytes: 1_000_000,
    isGoodEnough: () => true,
    minCacheMs: 0,
    closed$: NEVER,
    ...options,
  });
  const emissions: DownloadProgress[] = [];
  download.progress$.subscribe({ next: (progress) => emissions.push(progress), error: () => {} });
  return { store: into, download, emissions };
}

/** Lets time pass until the download is over. */
async function over<T>(done: Promise<T>): Promise<T> {
  let isOver = false;
  done.then(
    () => {
      isOver = true;
    },
    () => {
      isOver = true;
    },
  );
  for (let i = 0; i < 10_000 && !isOver; i++) await vi.advanceTimersByTimeAsync(100);
  expect(isOver).toBe(true);
  return done;
}

function expectHonest(emissions: readonly DownloadProgress[]): void {
  let percentage = 0;
  for (const progress of emissions) {
    const { attempted, stored, skipped, failed, retryQueued, max, buffered, flushed } = progress;
    expect(attempted).toBe(stored + skipped + failed + retryQueued);
    expect(attempted).toBeLessThanOrEqual(max);
    expect(buffered + flushed).toBe(stored);
    expect(progress.percentage).toBeGreaterThanOrEqual(percentage);
    percentage = progress.percentage;
  }
}

/** A store as an engine sees it until it is killed: nothing that it asks for happens any more, and nothing answers. */
function mortalStore(store: TileStore) {
  let isDead = false;
  const alive = <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) => {
    return (...args: Args): Promise<T> => (isDead ? new Promise(() => {}) : call(...args));
  };
  const { acquire, renew, release, remove } = store.downloads;
  const mortal: TileStore = {
    ...store,
    commit: alive(store.commit),
    downloads: {
      ...store.downloads,
      acquire: alive(acquire),
      renew: alive(renew),
      release: alive(release),
      remove: alive(remove),
    },
  };
  return {
    mortal,
    kill: () => {
      isDead = true;
    },
  };
}

async function storedIn(store: TileStore): Promise<string[]> {
  const urls: string[] = [];
  for await (const { z, x, y } of store.tiles.scan({ stores: ["hiking"] })) urls.push(`${z}/${x}/${y}`);
  return urls;
}

it("asks for every tile once and stores it, pinned; the record goes at the end", async () => {
  const { transport, asked } = scripted();
  const { store, download, emissions } = await begin(transport);
  const last = await over(download.done);
  expect(asked.toSorted()).toEqual(everyUrl.toSorted());
  expect(await storedIn(store)).toEqual(everyUrl);
  expect(await store.stores.stats("hiking")).toMatchObject({ length: cover.count, pinnedLength: cover.count });
  expect(last).toMatchObject({ state: "completed", stored: cover.count, flushed: cover.count, percentage: 100 });
  expect(emissions.at(-1)).toEqual(last);
  expect(await store.downloads.list()).toEqual([]);
  expectHonest(emissions);
});

it("reports once an interval at the most, changes of state aside", async () => {
  const { transport } = scripted();
  const { download, emissions } = await begin(transport);
  const last = await over(download.done);
  expect(emissions.length).toBeLessThanOrEqual(last.elapsedMs / 100 + 3);
  expect(emissions.length).toBeGreaterThan(3);
  const { tilesPerSecond, etaMs } = emissions.at(-2) ?? last;
  // Five lanes, 10 ms a tile.
  expect(tilesPerSecond).toBeGreaterThan(400);
  expect(tilesPerSecond).toBeLessThan(600);
  expect(etaMs).toBeLessThan(1_000);
});

it("never asks for more at a time than it has lanes", async () => {
  let active = 0;
  let most = 0;
  const { transport } = scripted(({ url }) => {
    active += 1;
    most = Math.max(most, active);
    return of(tile(url)).pipe(
      delay(10),
      tap(() => {
        active -= 1;
      }),
    );
  });
  await over((await begin(transport, { lanes: 3 })).download.done);
  expect(most).toBe(3);
});

it("keeps to its rate limit", async () => {
  const { transport } = scripted();
  const { download, emissions } = await begin(transport, { bucket: new TokenBucket(20) });
  const { elapsedMs } = await over(download.done);
  expect(elapsedMs).toBeGreaterThan(((cover.count - 1) / 20) * 1_000);
  expect(elapsedMs).toBeLessThan((cover.count / 20) * 1_000 + 200);
  expect(emissions.at(-2)?.isRateLimited).toBe(true);
});

describe("what the store has already", () => {
  it("is skipped without a request", async () => {
    const first = await begin(scripted().transport);
    await over(first.download.done);
    const { transport, asked } = scripted();
    await first.store.tiles.remove("hiking", [{ source: "topo", z: 0, x: 0, y: 0 }]);
    const { download } = await begin(transport, { store: first.store, lookUp: true });
    expect(await over(download.done)).toMatchObject({ stored: 1, skipped: cover.count - 1 });
    expect(asked).toEqual(["0/0/0"]);
  });

  it("is asked about when it is to be updated, and kept where it has not changed", async () => {
    const first = await begin(scripted(({ url }) => ({ ...tile(url), headers: { etag: `"${url}"` } })).transport);
    await over(first.download.done);
    const { transport, conditions } = scripted(({ url }) =>
      url === "0/0/0" ? tile("new") : status(304, { "cache-control": "max-age=60" }),
    );
    const { download } = await begin(transport, { store: first.store, lookUp: true, isGoodEnough: () => false });
    expect(await over(download.done)).toMatchObject({ stored: 1, skippedBy: { unmodified: cover.count - 1 } });
    expect(conditions.toSorted()).toEqual(everyUrl.map((url) => `"${url}"`).toSorted());
    const [changed, kept] = await first.store.tiles.info([
      { source: "topo", z: 0, x: 0, y: 0 },
      { source: "topo", z: 1, x: 1, y: 0 },
    ]);
    expect(changed?.length).toBe(tile("new").body.length);
    expect(kept).toMatchObject({ etag: '"1/1/0"', length: tile("1/1/0").body.length });
    expect(kept?.expiresAt).toBe((kept?.storedAt ?? 0) + 60_000);
  });
});

describe("sea", () => {
  const isSea = (url: string) => Number(url.split("/")[2]) % 2 === 1;
  const seaOrTile: Answer = ({ url }) => (isSea(url) ? tile("sea") : tile(url));
  const recognise = (bytes: Uint8Array) => bytes.length === tile("sea").body.length && bytes.at(-1) === 97;

  it("counts and is not stored", async () => {
    const { transport, asked } = scripted(seaOrTile);
    const { store, download } = await begin(transport, { knowSea: async () => recognise });
    const sea = everyUrl.filter(isSea);
    expect(await over(download.done)).toMatchObject({ skippedBy: { sea: sea.length }, attempted: cover.count });
    expect(asked.length).toBe(cover.count);
    expect(await storedIn(store)).toEqual(everyUrl.filter((url) => !isSea(url)));
  });

  it("is not asked for within sea that was found, if so wanted", async () => {
    const { transport, asked } = scripted(({ url }) => (url.startsWith("5/17") ? tile("sea") : tile(url)));
    const { store, download } = await begin(transport, { knowSea: async () => recognise, foundSea: new FoundSea(5) });
    const within = everyUrl.filter((url) => {
      const [z = 0, x = 0] = url.split("/").map(Number);
      return z >= 5 && Math.floor(x / 2 ** (z - 5)) === 17;
    });
    expect(await over(download.done)).toMatchObject({ skippedBy: { sea: within.length }, attempted: cover.count });
    expect(asked.filter((url) => within.includes(url)).length).toBeLessThan(within.length / 2);
    expect(await storedIn(store)).toEqual(everyUrl.filter((url) => !within.includes(url)));
  });
});

describe("failures", () => {
  it("that are final are counted, kept with their reason, and not asked about again", async () => {
    const { transport, asked } = scripted(({ url }) => {
      if (url.startsWith("8/1")) return status(404);
      return url.startsWith("7/6") ? { ...tile(), body: new TextEncoder().encode("<html>") } : tile(url);
    });
    const { store, download, emissions } = await begin(transport);
    const last = await over(download.done);
    const negative = everyUrl.filter((url) => url.startsWith("8/1")).length;
    const invalid = everyUrl.filter((url) => url.startsWith("7/6")).length;
    expect(last).toMatchObject({ state: "completed", failedBy: { negative, request: 0, invalid } });
    expect(asked.length).toBe(cover.count);
    expectHonest(emissions);
    const record = await store.downloads.get("d");
    expect(record?.progress.state).toBe("completed");
    expect(record?.lease?.expiresAt).toBe(0);
    const reasons: string[] = [];
    for await (const { reason } of store.downloads.failed("d")) reasons.push(reason);
    expect(reasons.toSorted()).toEqual([...Array(invalid).fill("invalid"), ...Array(negative).fill("negative")]);
  });

  it("that may pass are tried again after a while", async () => {
    const { transport, asked } = scripted(({ url }, nth) => (url === "5/16/11" && nth < 3 ? status(500) : tile(url)));
    const { download, emissions } = await begin(transport);
    const outcomes: string[] = [];
    download.tiles$.subscribe(({ z, outcome, attempts }) => z === 5 && attempts > 0 && outcomes.push(outcome));
    expect(await over(download.done)).toMatchObject({ stored: cover.count, failed: 0 });
    expect(asked.filter((url) => url === "5/16/11")).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === "retrying")).toHaveLength(2);
    expectHonest(emissions);
  });

  it("that do not pass are postponed, tried once more at the end, and then final", async () => {
    const { transport, asked } = scripted(({ url }, nth) => {
      if (url === "5/16/11") return nth < 4 ? status(502) : tile(url);
      if (url === "5/16/12") return throwError(() => new TransportError("timeout", "…"));
      return tile(url);
    });
    const { store, download, emissions } = await begin(transport);
    const postponed: string[] = [];
    download.tiles$.subscribe(({ outcome, z, x, y }) => outcome === "postponed" && postponed.push(`${z}/${x}/${y}`));
    const last = await over(download.done);
    expect(last).toMatchObject({ stored: cover.count - 1, failedBy: { request: 1 }, retryQueued: 0 });
    expect(postponed.toSorted()).toEqual(["5/16/11", "5/16/12"]);
    expect(asked.slice(-2).toSorted()).toEqual(["5/16/11", "5/16/12"]);
    expectHonest(emissions);
    const failed = [];
    for await (const each of store.downloads.failed("d")) failed.push(each);
    expect(failed).toEqual([expect.objectContaining({ z: 5, x: 16, y: 12, reason: "request", attempts: 4 })]);
  });

  it("of the store end the download, and leave its record", async () => {
    const store = await openMemoryStore();
    let commits = 0;
    const full: TileStore = {
      ...store,
      commit: async (commit) => {
        commits += 1;
        if (commits > 3) throw new StoreFullError("The disk is full.");
        return store.commit(commit);
      },
    };
    const { download, emissions } = await begin(scripted().transport, { store: full });
    await expect(over(download.done)).rejects.toThrow(StoreFullError);
    expect(emissions.at(-1)?.state).toBe("failed");
    expect((await store.downloads.get("d"))?.lease?.expiresAt).toBe(0);
    expect(commits).toBe(4);
  });
});

describe("offline", () => {
  it("waits rather than fail, says so, and goes on", async () => {
    let isOnline = true;
    const offline = throwError(() => new TransportError("connect", "…"));
    const { transport, asked } = scripted(({ url }) => (isOnline ? tile(url) : offline));
    const { download, emissions } = await begin(transport);
    await vi.advanceTimersByTimeAsync(100);
    isOnline = false;
    await vi.advanceTimersByTimeAsync(60_000);
    const { state, waiting, failed } = emissions.at(-1) ?? {};
    expect({ state, failed, reason: waiting?.reason }).toEqual({ state: "waiting", failed: 0, reason: "offline" });
    const tried = asked.length;
    isOnline = true;
    expect(await over(download.done)).toMatchObject({ state: "completed", stored: cover.count, failed: 0 });
    expect(tried).toBeLessThan(100);
    expect(emissions.map((each) => each.state)).toContain("running");
    expectHonest(emissions);
  });

  it("can be paused and cancelled meanwhile", async () => {
    const offline = throwError(() => new TransportError("connect", "…"));
    const { download, emissions, store } = await begin(scripted(() => offline).transport);
    await vi.advanceTimersByTimeAsync(10_000);
    await over(download.pause());
    expect(emissions.at(-1)?.state).toBe("paused");
    await over(download.cancel());
    expect(emissions.at(-1)?.state).toBe("cancelled");
    expect(await store.downloads.list()).toEqual([]);
  });
});

describe("pause, resume and cancel", () => {
  it("pause lets what is under way finish, commits it, and gives the lease back", async () => {
    const { transport, asked } = scripted();
    const { store, download, emissions } = await begin(transport);
    await vi.advanceTimersByTimeAsync(155);
    await over(download.pause());
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.length).toBe(before);
    expect((await storedIn(store)).length).toBe(before);
    expect(emissions.at(-1)).toMatchObject({ state: "paused", buffered: 0, attempted: before, etaMs: undefined });
    expect(await store.downloads.get("d")).toMatchObject({ progress: { state: "paused" }, lease: { expiresAt: 0 } });
  });

  it("resume goes on with what is missing, and the pause does not count as time", async () => {
    const { transport, asked } = scripted();
    const { store, download, emissions } = await begin(transport);
    await vi.advanceTimersByTimeAsync(155);
    await over(download.pause());
    await vi.advanceTimersByTimeAsync(600_000);
    await download.resume();
    const last = await over(download.done);
    expect(asked.toSorted()).toEqual(everyUrl.toSorted());
    expect(await storedIn(store)).toEqual(everyUrl);
    expect(last.elapsedMs).toBeLessThan(20_000);
    expectHonest(emissions);
  });

  it("pausing loses nothing of what waits for another try", async () => {
    const { transport } = scripted(({ url }, nth) => (nth === 1 ? status(500) : tile(url)));
    const { store, download } = await begin(transport);
    await vi.advanceTimersByTimeAsync(100);
    await over(download.pause());
    await download.resume();
    await over(download.done);
    expect(await storedIn(store)).toEqual(everyUrl);
  });

  it("cancel forgets the download and keeps its tiles", async () => {
    const { transport, asked } = scripted();
    const { store, download, emissions } = await begin(transport);
    await vi.advanceTimersByTimeAsync(155);
    await over(download.cancel());
    expect(emissions.at(-1)?.state).toBe("cancelled");
    expect(await store.downloads.list()).toEqual([]);
    expect((await storedIn(store)).length).toBe(asked.length);
    expect(asked.length).toBeLessThan(cover.count);
    expect((await download.done).state).toBe("cancelled");
  });

  it("may come twice, in any order, and after the end", async () => {
    const { download, emissions } = await begin(scripted().transport);
    await vi.advanceTimersByTimeAsync(50);
    await over(Promise.all([download.pause(), download.pause()]));
    await over(Promise.all([download.resume(), download.resume()]));
    expect(emissions.at(-1)?.state).toBe("running");
    const pausing = download.pause();
    const resuming = download.resume();
    await over(Promise.all([pausing, resuming]));
    await over(download.done);
    for (const command of [download.pause, download.resume, download.cancel, download.cancel]) await command();
    expect(emissions.at(-1)?.state).toBe("completed");
    expectHonest(emissions);
  });

  it("cancel while pausing wins", async () => {
    const { download, emissions } = await begin(scripted().transport);
    await vi.advanceTimersByTimeAsync(50);
    await over(Promise.all([download.pause(), download.cancel(), download.pause()]));
    expect(emissions.at(-1)?.state).toBe("cancelled");
  });
});

describe("leases", () => {
  it("are kept alive while tiles are slow to come", async () => {
    const { transport } = scripted(() => NEVER);
    const { store } = await begin(transport);
    await vi.advanceTimersByTimeAsync(10 * LEASE_MS);
    const now = Date.now();
    await expect(store.downloads.acquire("d", { owner: "other", now, expiresAt: now + 1 })).rejects.toMatchObject({
      code: "DOWNLOAD_IN_PROGRESS",
    });
  });

  it("that are lost end the download without another write", async () => {
    const { transport } = scripted();
    const { store, download, emissions } = await begin(transport);
    await vi.advanceTimersByTimeAsync(155);
    const request = { owner: "other", now: Date.now() + 10 * LEASE_MS, expiresAt: Date.now() + 20 * LEASE_MS };
    await store.downloads.acquire("d", request);
    const { length } = await storedIn(store);
    await expect(over(download.done)).rejects.toThrow(LeaseLostError);
    expect(emissions.at(-1)?.state).toBe("failed");
    expect((await storedIn(store)).length).toBe(length);
    expect((await store.downloads.get("d"))?.lease).toMatchObject({ owner: "other", expiresAt: request.expiresAt });
  });

  it("of a download that was taken over while paused are not taken back", async () => {
    const { store, download } = await begin(scripted().transport);
    await over(download.pause());
    const now = Date.now();
    await store.downloads.acquire("d", { owner: "other", now, expiresAt: now + LEASE_MS });
    await expect(download.resume()).rejects.toMatchObject({ code: "DOWNLOAD_IN_PROGRESS" });
  });
});

it("goes on after a crash with exactly what was not committed", async () => {
  for (const crashAfter of [0, 1, 37, 80, 150]) {
    let answers = 0;
    const first = scripted(({ url }, nth) => {
      answers += 1;
      if (answers > crashAfter) return NEVER;
      return url.endsWith("3") && nth === 1 ? status(404) : tile(url);
    });
    const store = await openMemoryStore();
    const { mortal, kill } = mortalStore(store);
    await begin(first.transport, { store: mortal });
    await vi.advanceTimersByTimeAsync(10_000);
    kill();
    await vi.advanceTimersByTimeAsync(2 * LEASE_MS);
    const record = await store.downloads.get("d");
    if (record === undefined) throw new Error("The record is gone.");
    const committed = new Set(await storedIn(store));
    const { transport, asked } = scripted();
    const { download } = await begin(transport, { store, record });
    const last = await over(download.done);
    expect(asked.filter((url) => committed.has(url))).toEqual([]);
    expect(new Set(asked).size).toBe(asked.length);
    expect(last.attempted).toBe(cover.count);
    expect(first.asked.length - committed.size - last.failed).toBeLessThanOrEqual(20 + 5);
    expect((await storedIn(store)).length).toBe(cover.count - last.failed);
  }
});
