import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { coverOf, rectangle, toDownloadable } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { type Child, startChild } from "./child.ts";
import { pathOf } from "./source.ts";
import type { Task } from "./task.ts";
import { testFolder } from "./test-folder.ts";
import { startTileServer, type TileServer } from "./tile-server.ts";

const BUFFER = 20;
const PARALLEL = 4;
const HOUR_MS = 3_600_000;
/** Nobody waits for it to expire. */
const LONG_LEASE_MS = HOUR_MS;
const SHORT_LEASE_MS = 1_000;

const region = toDownloadable(rectangle({ north: 60, south: 40, west: -10, east: 20 }), {
  minZoom: 0,
  maxZoom: 7,
  source: "world",
});
const cover = coverOf(region);

let server: TileServer;
beforeAll(async () => {
  server = await startTileServer("--throughput", "--latency", "40");
});
beforeEach(() => server.forgetStats());
afterAll(() => server.stop());

/** How processes share a download. */
function sharedDownload() {
  const database = join(testFolder(), "tiles.db");
  const options = { buffer: BUFFER, parallel: PARALLEL, skipExisting: false, reportIntervalMs: 10 };
  const task: Task = { database, url: server.url, what: "download", id: "shared", region, options };
  return {
    database,
    start: (other: Partial<Task> = {}) => startChild({ ...task, ...other }),
    /** Starts one that is in the midst of it. */
    startRunning: async (other: Partial<Task> = {}) => {
      const child = startChild({ ...task, ...other });
      await child.tells("safe");
      return child;
    },
  };
}

/** Freezes a process, at a moment when it does not hold the database. */
function freeze(child: Child, database: string): void {
  for (;;) {
    child.signal("SIGSTOP");
    if (canBeWritten(database)) return;
    child.signal("SIGCONT");
  }
}

function canBeWritten(path: string): boolean {
  const database = new DatabaseSync(path, { timeout: 100 });
  try {
    database.exec("BEGIN IMMEDIATE; ROLLBACK");
    return true;
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** All tiles with their times, and all records. */
async function contentsOf(database: string) {
  const store = await openSqliteStore(database, { worker: false });
  const tiles = new Map<string, number>();
  for await (const tile of store.tiles.scan()) tiles.set(pathOf(tile), tile.storedAt);
  const contents = { tiles, records: await store.downloads.list() };
  await store.close();
  return contents;
}

async function expectExact(database: string): Promise<void> {
  const { tiles, records } = await contentsOf(database);
  expect(new Set(tiles.keys())).toEqual(new Set([...cover].map(pathOf)));
  expect(records).toEqual([]);
  const { total } = await server.stats();
  expect(total.requests - cover.count, "tiles that were asked for twice").toBeLessThanOrEqual(BUFFER + PARALLEL);
}

test("a frozen owner is waited for until its lease expires, and stops when it wakes up to find another", async () => {
  const { database, start, startRunning } = sharedDownload();
  const first = await startRunning({ leaseMs: SHORT_LEASE_MS });
  freeze(first, database);
  const second = start({ leaseMs: SHORT_LEASE_MS, patient: true });
  expect(await second.tells("refused")).toMatchObject({ code: "DOWNLOAD_IN_PROGRESS" });
  await second.tells("running");
  first.signal("SIGCONT");
  expect(await first.tells("failed")).toMatchObject({ code: "LEASE_LOST" });
  expect(await first.ended).toBe(0);
  const { progress } = await second.tells("done");
  expect(progress).toMatchObject({ stored: cover.count, max: cover.count, state: "completed" });
  expect(await second.ended).toBe(0);
  await expectExact(database);
});

test("a frozen owner that wakes up when all is done writes nothing", async () => {
  const { database, start, startRunning } = sharedDownload();
  const first = await startRunning({ leaseMs: SHORT_LEASE_MS });
  freeze(first, database);
  const second = start({ leaseMs: SHORT_LEASE_MS, patient: true });
  await second.tells("done");
  expect(await second.ended).toBe(0);
  const before = await contentsOf(database);
  first.signal("SIGCONT");
  expect(await first.tells("failed")).toMatchObject({ code: "LEASE_LOST" });
  expect(await first.ended).toBe(0);
  expect(await contentsOf(database)).toEqual(before);
  await expectExact(database);
});

test("a live owner keeps its download for as long as it takes", async () => {
  // So that it takes a few leases.
  await server.change({ latency: { ms: 100 } });
  onTestFinished(() => server.change({ latency: { ms: 40 } }));
  const { database, start, startRunning } = sharedDownload();
  const first = await startRunning({ leaseMs: SHORT_LEASE_MS });
  const second = start({ leaseMs: SHORT_LEASE_MS, what: "resume", patient: true });
  const codes: string[] = [];
  while (codes.at(-1) !== "DOWNLOAD_NOT_FOUND") codes.push((await second.tells("refused")).code);
  expect(codes.slice(0, -1).length, "leases that it has seen to be renewed").toBeGreaterThan(1);
  expect(new Set(codes.slice(0, -1))).toEqual(new Set(["DOWNLOAD_IN_PROGRESS"]));
  expect((await first.tells("done")).progress).toMatchObject({ stored: cover.count, state: "completed" });
  expect(await first.ended).toBe(0);
  await expectExact(database);
  expect((await server.stats()).total.requests).toBe(cover.count);
});

test("one whose clock is an hour ahead takes a live download over, and the other stops", async () => {
  const { database, startRunning } = sharedDownload();
  const first = await startRunning({ leaseMs: SHORT_LEASE_MS });
  const second = await startRunning({ leaseMs: SHORT_LEASE_MS, clockErrorMs: HOUR_MS });
  expect(await first.tells("failed")).toMatchObject({ code: "LEASE_LOST" });
  expect(await first.ended).toBe(0);
  expect((await second.tells("done")).progress).toMatchObject({ stored: cover.count, state: "completed" });
  await second.ended;
  await expectExact(database);
});

test.each([0, HOUR_MS])(
  "an owner that was killed is not waited for, its clock wrong by %d ms",
  async (clockErrorMs) => {
    const { database, start, startRunning } = sharedDownload();
    const first = await startRunning({ leaseMs: LONG_LEASE_MS, clockErrorMs });
    const tooEarly = start();
    expect(await tooEarly.tells("refused")).toMatchObject({ code: "DOWNLOAD_IN_PROGRESS" });
    first.signal("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    const second = start({ leaseMs: LONG_LEASE_MS });
    expect((await second.tells("done")).progress).toMatchObject({ stored: cover.count, state: "completed" });
    await second.ended;
    await expectExact(database);
  },
);
