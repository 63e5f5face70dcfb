import { coverOf, rectangle, toDownloadable } from "@fmtc/core";
import { describe, expect, test } from "vitest";
import type { SqliteStore } from "../src/index.ts";
import { opened, testPath } from "./opened.ts";
import { recount } from "./recount.ts";
import { bytesOf, keyAt } from "./tiles.ts";

const STEPS = 120;
const PLACES = 700;
const NAMES = ["a", "b", "c"];
const SOURCES = ["topo", "sea", "photo"];

/** What the tables hold beside what the port shows is checked after each step, while trash is still being cleared. */
describe.each([1, 2])("after anything that can happen (%i), all that is kept count of", (seed) => {
  test("equals a recount", async () => {
    const path = testPath();
    const random = generator(seed);
    const below = (end: number) => Math.floor(random() * end);
    const pick = <T>(items: readonly T[]) => items[below(items.length)] as T;
    const store = await opened(path, { worker: false });
    for (let step = 0; step < STEPS; step++) {
      const name = pick(NAMES);
      await store.stores.create(name);
      await STEP_KINDS[below(STEP_KINDS.length)]?.({ store, name, below, pick, step });
      const { kept, counted } = recount(path);
      expect(kept, `after step ${step}`).toEqual(counted);
    }
    await store.reclaim();
    const { kept, counted } = recount(path);
    expect(kept).toEqual(counted);
  });
});

interface Step {
  readonly store: SqliteStore;
  readonly name: string;
  readonly below: (end: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly step: number;
}

/** Many tiles at once, so that a removal leaves trash for later steps to meet. */
async function commit({ store, name, below, pick, step }: Step, bytes: boolean): Promise<void> {
  const source = pick(SOURCES);
  const first = below(PLACES);
  const keys = Array.from({ length: 1 + below(PLACES) }, (_, i) => keyAt((first + i) % PLACES, source));
  const has = bytes ? [] : await store.tiles.has(keys);
  const tiles = keys
    .filter((_, i) => bytes || has[i])
    .map((key, i) => ({
      ...key,
      storedAt: 1_000 * below(5) + step,
      ...(bytes && { bytes: bytesOf(below(3) === 0 ? 7 : step * PLACES + i, below(120)) }),
    }));
  await store.commit({ store: name, tiles, pinned: below(3) === 0 });
}

const STEP_KINDS: readonly ((step: Step) => Promise<unknown>)[] = [
  (step) => commit(step, true),
  (step) => commit(step, true),
  (step) => commit(step, true),
  (step) => commit(step, false),
  (step) => commit(step, false),
  ({ store, name }) => store.stores.delete(name),
  ({ store, name }) => store.stores.reset(name),
  ({ store, name, below }) => store.tiles.evictOldest(name, { maxLength: below(PLACES), pinned: below(2) === 0 }),
  ({ store, name, below }) => store.tiles.evictOldest(name, { maxBytes: below(PLACES * 60) }),
  ({ store, name, below }) => store.tiles.removeOlderThan(name, below(6_000)),
  ({ store, name, below }) => store.tiles.remove(name, [keyAt(below(PLACES)), keyAt(below(PLACES), "sea")]),
  ({ store, name, pick }) => store.tiles.removeCover(name, pick(SOURCES), westernRows()),
  ({ store, name }) => store.tiles.latest(name),
];

/** A part of the first row of zoom 12. */
function westernRows() {
  const region = rectangle({ north: 85.05, south: 85.04, west: -180, east: -150 });
  return coverOf(toDownloadable(region, { minZoom: 12, maxZoom: 12, source: "topo" }));
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
