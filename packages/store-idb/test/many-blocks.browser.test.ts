import { coverOf, type Freed, type TileStore, type TileWrite, toDownloadable } from "@fmtc/core";
import { equal, openMemoryStore } from "@fmtc/core/testing";
import fc from "fast-check";
import { it } from "vitest";
import { testDatabase } from "./test-database.ts";

// The same is done to a store in memory, which looks at each of its tiles where this one goes by its index of blocks.

/** Wide enough for hundreds of blocks, with gaps between them and tiles of two zooms. */
const tile = fc
  .record({
    source: fc.constantFrom("topo", "alps"),
    z: fc.constantFrom(9, 12),
    x: fc.nat(511),
    y: fc.nat(511),
    storedAt: fc.nat(30),
    length: fc.nat(5),
  })
  .map(({ length, ...rest }): TileWrite => ({ ...rest, bytes: new Uint8Array(length) }));

const batch = fc.record({
  store: fc.constantFrom("a", "b"),
  pinned: fc.boolean(),
  tiles: fc.array(tile, { minLength: 100, maxLength: 400, size: "max" }),
});

const rectangle = fc
  .tuple(fc.integer({ min: -84, max: 84 }), fc.integer({ min: -179, max: 178 }), fc.nat(60), fc.nat(120))
  .map(([south, west, height, width]) => ({
    type: "rectangle" as const,
    south,
    north: Math.min(85, south + 1 + height),
    west,
    east: Math.min(180, west + 1 + width),
  }));

const step = fc.oneof(
  fc.record({ what: fc.constant("evict" as const), maxLength: fc.nat(400), pinned: fc.boolean() }),
  fc.record({ what: fc.constant("evict bytes" as const), maxBytes: fc.nat(800), pinned: fc.boolean() }),
  fc.record({ what: fc.constant("remove older" as const), time: fc.nat(30) }),
  fc.record({ what: fc.constant("remove cover" as const), region: rectangle, minZoom: fc.constantFrom(8, 12) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

it("removes the same tiles as a store that looks at each", async () => {
  const steps = fc.array(step, { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 2, maxLength: 3 }), steps, async (batches, removals) => {
      const { connect } = testDatabase();
      const [ours, memory] = await Promise.all([connect(), openMemoryStore()]);
      for (const store of [ours, memory]) {
        for (const name of ["a", "b"]) await store.stores.create(name);
        for (const each of batches) await store.commit(each);
      }
      await assertSame(ours, memory);
      for (const each of removals) {
        equal(await take(ours, each, true), await take(memory, each, true), `the dry run of ${each.what}`);
        equal(await take(ours, each, false), await take(memory, each, false), each.what);
        await assertSame(ours, memory);
      }
      await ours.close();
    }),
    { seed: 20_240_229, numRuns: 12 },
  );
});

function take({ tiles }: TileStore, removal: Step, dryRun: boolean): Promise<Freed> {
  switch (removal.what) {
    case "evict":
    case "evict bytes": {
      const { what, ...limits } = removal;
      return tiles.evictOldest("a", { ...limits, dryRun });
    }
    case "remove older":
      return tiles.removeOlderThan("a", removal.time, { dryRun });
    case "remove cover": {
      const { region, minZoom } = removal;
      const cover = coverOf(toDownloadable(region, { minZoom, maxZoom: minZoom + 1, source: "topo" }));
      return tiles.removeCover("a", "topo", cover, { dryRun });
    }
  }
}

async function assertSame(ours: TileStore, memory: TileStore): Promise<void> {
  for (const stores of [undefined, ["a"], ["a", "b"], ["b"]]) {
    const filter = stores === undefined ? {} : { stores };
    equal(await collect(ours.tiles.scan(filter)), await collect(memory.tiles.scan(filter)), "a scan");
  }
  for (const name of ["a", "b"]) {
    equal(await ours.stores.stats(name), await memory.stores.stats(name), "the sums");
    const [ourLatest, latest] = [await ours.tiles.latest(name), await memory.tiles.latest(name)];
    equal(ourLatest?.storedAt, latest?.storedAt, "the time of the latest tile");
  }
  const [{ length, bytes }, expected] = [await ours.stats(), await memory.stats()];
  equal({ length, bytes }, { length: expected.length, bytes: expected.bytes }, "the sums of the database");
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
