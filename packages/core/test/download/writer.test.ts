import { firstValueFrom, NEVER, take } from "rxjs";
import { expect, it } from "vitest";
import type { Attempt } from "../../src/download/attempt.ts";
import type { Journal } from "../../src/download/journal.ts";
import { Writer, type WriterOptions } from "../../src/download/writer.ts";

/** A writer whose commits end when they are told to; `sizes` has how many attempts each has had. */
function slowWriter(options: Partial<WriterOptions> = {}) {
  const sizes: number[] = [];
  const ends: (() => void)[] = [];
  const journal: Journal = {
    open: async () => {},
    commit: (attempts) => {
      sizes.push(attempts.length);
      return new Promise((resolve) => ends.push(resolve));
    },
    failed: async function* () {},
    rest: async () => {},
    forget: async () => {},
    lost$: NEVER,
  };
  const writer = new Writer({
    journal,
    bufferTiles: 100,
    bufferBytes: 1_000_000,
    has: async (keys) => keys.map(() => true),
    onGone: (attempt) => attempt,
    ...options,
  });
  let index = 0;
  const add = (count: number, bytes = 10) => {
    for (let i = 0; i < count; i++) writer.add(attemptAt(index++, bytes));
  };
  const skip = (count: number) => {
    for (let i = 0; i < count; i++) writer.add(skippedAt(index++));
  };
  /** Ends the commit that is under way, while which so many come. */
  const during = async (count: number) => {
    add(count);
    const committed = firstValueFrom(writer.committed$);
    ends.shift()?.();
    await committed;
    // It is told just before the writer goes on.
    await null;
  };
  return { writer, sizes, add, skip, during };
}

function attemptAt(index: number, length: number): Attempt {
  const key = { source: "topo", z: 20, x: index, y: 0 };
  const { z, x, y } = key;
  return {
    work: { index, key, attempts: 0 },
    event: { index, z, x, y, outcome: "stored", wasThere: false, bytes: length, attempts: 1 },
    write: { ...key, bytes: new Uint8Array(length), storedAt: 0 },
  };
}

/** One that has cost no request, as it was there. */
function skippedAt(index: number): Attempt {
  const { work, event } = attemptAt(index, 0);
  return { work, event: { ...event, outcome: "skipped", reason: "existing", attempts: 0 } };
}

it("commits half a buffer at first, as it does not know how long that takes", () => {
  const { sizes, add } = slowWriter();
  add(49);
  expect(sizes).toEqual([]);
  add(1);
  expect(sizes).toEqual([50]);
});

it("commits more at a time where little comes in during a commit, and never more than the buffer", async () => {
  const { writer, sizes, add, during } = slowWriter();
  for (let i = 0; i < 30; i++) {
    const before = sizes.length;
    while (sizes.length === before) {
      expect(writer.isFull).toBe(false);
      add(1);
    }
    await during(2);
  }
  const grown = sizes.slice(0, 4);
  expect(grown).toEqual([...grown].sort((a, b) => a - b));
  expect(grown[3]).toBeGreaterThan(60);
  // Room for twice what came.
  expect(sizes.at(-1)).toBe(96);
});

it("leaves half of the buffer where that is filled during a commit", async () => {
  const { sizes, add, during } = slowWriter();
  add(50);
  for (let i = 0; i < 10; i++) await during(50);
  expect(sizes).toEqual(Array.from({ length: 11 }, () => 50));
});

it("leaves more room again at once when a commit has taken long, and less of it only by and by", async () => {
  const { sizes, add, during } = slowWriter();
  const next = async (came: number) => {
    const before = sizes.length;
    while (sizes.length === before) add(1);
    await during(came);
    return sizes.at(-1) ?? 0;
  };
  let size = 0;
  for (let i = 0; i < 30; i++) size = await next(0);
  expect(size).toBe(98);
  await next(20);
  // 40 of room, then 80 % of that each time.
  expect([await next(0), await next(0), await next(0)]).toEqual([60, 68, 75]);
});

it("leaves no room for what comes only because a commit has ended", async () => {
  const { writer, sizes, add, during } = slowWriter();
  const next = async () => {
    const before = sizes.length;
    while (sizes.length === before) add(1);
    await during(0);
  };
  for (let i = 0; i < 30; i++) await next();
  writer.committed$.pipe(take(1)).subscribe(() => add(60));
  await next();
  await next();
  expect(sizes.slice(-2)).toEqual([98, 98]);
});

it("is full with what is written and what waits together", async () => {
  const { writer, add, during } = slowWriter();
  add(50);
  add(49);
  expect(writer.isFull).toBe(false);
  add(1);
  expect(writer.isFull).toBe(true);
  await during(0);
  expect(writer.isFull).toBe(false);
});

it("goes by bytes too: half of those that it may hold are a commit", () => {
  const { writer, sizes, add } = slowWriter({ bufferBytes: 1_000 });
  add(1, 499);
  expect(sizes).toEqual([]);
  add(1, 1);
  expect(sizes).toEqual([2]);
  add(1, 499);
  expect(writer.isFull).toBe(false);
  add(1, 1);
  expect(writer.isFull).toBe(true);
});

it("commits each tile by itself where the buffer has room for one", async () => {
  const { sizes, add, during } = slowWriter({ bufferTiles: 1 });
  for (let i = 0; i < 5; i++) {
    add(1);
    await during(0);
  }
  expect(sizes).toEqual([1, 1, 1, 1, 1]);
});

it("does not gather what costs no request for ever: 4,000 outcomes fill the buffer as well", async () => {
  const { writer, sizes, skip, during } = slowWriter();
  skip(1_999);
  expect(sizes).toEqual([]);
  skip(1);
  expect(sizes).toEqual([2_000]);
  skip(1_999);
  expect(writer.isFull).toBe(false);
  skip(1);
  expect(writer.isFull).toBe(true);
  await during(0);
  expect(writer.isFull).toBe(false);
});
