import { type TileStore, tileNumber } from "@fmtc/core";
import { openDB } from "idb";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { BLOCK_SIZE, blockOf } from "../src/tile-block.ts";
import { keyAt, testDatabase, tileAt } from "./test-database.ts";

type Packs = ReadonlyMap<number, ReadonlyMap<number, ArrayBuffer>>;

/** What lies in the database, by the number in the key. */
async function packsOf(name: string): Promise<Packs> {
  const raw = await openDB(name);
  const [keys, packs] = await Promise.all([raw.getAllKeys("packs"), raw.getAll("packs")]);
  raw.close();
  return new Map(keys.map((key, i) => [(key as [string, number])[1], packs[i]]));
}

async function storeWith(...tiles: ReturnType<typeof tileAt>[]) {
  const { name, connect } = testDatabase();
  const store = await connect();
  await store.stores.create("a");
  await store.commit({ store: "a", tiles });
  return { name, store };
}

const bytesAt = async (store: TileStore, x: number) => (await store.tiles.read(keyAt(x, 1)))?.bytes;
const numberAt = (x: number) => tileNumber(keyAt(x, 1));

describe("tiles that are written together", () => {
  it("share packs, as far as there is room; a large one has its own", async () => {
    const tiles = [15_000, 15_000, 15_000, 50_000, 0, 10].map((length, x) => tileAt(x, 1, length));
    const { name, store } = await storeWith(...tiles);
    const packs = [...(await packsOf(name)).values()].map((pack) => [...pack.keys()]);
    expect(packs).toEqual([[0, 1], [2], [3], [4, 5]].map((pack) => pack.map(numberAt)));
    for (const { x, bytes } of tiles) expect(await bytesAt(store, x)).toEqual(bytes);
  });

  it("are kept as they are, and no longer, in whatever kind of array they come", async () => {
    // As a Buffer of Node does, it gives a view where others give a copy.
    class View extends Uint8Array<ArrayBuffer> {
      override slice(begin = 0, end = this.length): Uint8Array<ArrayBuffer> {
        return new Uint8Array(this.buffer, this.byteOffset + begin, end - begin);
      }
    }
    const bytes = new View(Uint8Array.from({ length: 100 }, (_, i) => i).buffer, 20, 30);
    const { store } = await storeWith({ ...tileAt(1, 1), bytes });
    expect(await bytesAt(store, 1)).toEqual(Uint8Array.from({ length: 30 }, (_, i) => 20 + i));
  });

  it("are read each on its own: what is done to one's bytes is not done to another's", async () => {
    const { store } = await storeWith(tileAt(1, 1), tileAt(2, 1));
    const [one, again, other] = await Promise.all([1, 1, 2].map((x) => bytesAt(store, x)));
    one?.fill(0);
    expect(again).toEqual(tileAt(1, 1).bytes);
    expect(other).toEqual(tileAt(2, 1).bytes);
  });

  for (const x of [1, 2, 3]) {
    it(`stay as they are when the one at ${x} is replaced, or removed`, async () => {
      const { name, store } = await storeWith(tileAt(1, 1), tileAt(2, 1), tileAt(3, 1));
      const others = [1, 2, 3].filter((other) => other !== x);
      await store.commit({ store: "a", tiles: [tileAt(x, 1, 20)] });
      expect(await bytesAt(store, x)).toEqual(tileAt(x, 1, 20).bytes);
      for (const other of others) expect(await bytesAt(store, other)).toEqual(tileAt(other, 1).bytes);
      await store.tiles.remove("a", [keyAt(x, 1)]);
      expect(await bytesAt(store, x)).toBeUndefined();
      for (const other of others) expect(await bytesAt(store, other)).toEqual(tileAt(other, 1).bytes);
      expect([...(await packsOf(name)).values()].flatMap((pack) => [...pack.keys()])).toEqual(others.map(numberAt));
    });
  }

  it("keep their packs when only their times change, and when another store takes them", async () => {
    const { name, store } = await storeWith(tileAt(1, 1), tileAt(2, 1));
    const before = await packsOf(name);
    await store.stores.create("b");
    const put = vi.spyOn(IDBObjectStore.prototype, "put");
    onTestFinished(() => put.mockRestore());
    await store.commit({ store: "b", tiles: [{ ...keyAt(2, 1), storedAt: 5_000 }] });
    expect(put.mock.contexts.map((each) => (each as IDBObjectStore).name)).toEqual(["blocks", "stores"]);
    await store.tiles.remove("a", [keyAt(1, 1), keyAt(2, 1)]);
    expect(before.size).toBe(1);
    expect([...(await packsOf(name)).values()].flatMap((pack) => [...pack.keys()])).toEqual([numberAt(2)]);
    expect(await bytesAt(store, 2)).toEqual(tileAt(2, 1).bytes);
  });
});

describe("a tile that is read alone", () => {
  const spied = async (read: () => Promise<unknown>) => {
    const get = vi.spyOn(IDBObjectStore.prototype, "get");
    onTestFinished(() => get.mockRestore());
    await read();
    return get.mock.contexts.map((each) => (each as IDBObjectStore).name);
  };

  it("comes with the pack that is likely to have it, which is not asked for a second time", async () => {
    const { store } = await storeWith(tileAt(1, 1), tileAt(2, 1), tileAt(3, 1));
    expect(await spied(() => store.tiles.read(keyAt(3, 1)))).toEqual(["blocks"]);
  });

  it("is found where it is if that is another pack", async () => {
    const { store } = await storeWith(tileAt(1, 1), tileAt(3, 1));
    await store.commit({ store: "a", tiles: [tileAt(2, 1)] });
    expect(await spied(async () => expect(await bytesAt(store, 3)).toEqual(tileAt(3, 1).bytes))).toEqual([
      "blocks",
      "packs",
    ]);
    expect(await bytesAt(store, 2)).toEqual(tileAt(2, 1).bytes);
  });

  it("is not there where only those before it are", async () => {
    const { store } = await storeWith(tileAt(1, 1));
    expect(await store.tiles.read(keyAt(2, 1))).toBeUndefined();
  });

  it("is asked for in its block and in that pack at once, and in no pack of another block", async () => {
    const { store } = await storeWith(tileAt(1, 1), tileAt(140, 1));
    const { get, openCursor } = IDBObjectStore.prototype;
    let block: IDBRequest | undefined;
    const asked: { readonly first: number; readonly block: IDBRequestReadyState | undefined }[] = [];
    IDBObjectStore.prototype.get = function (...args) {
      const request = get.apply(this, args);
      if (this.name === "blocks") block = request;
      return request;
    };
    IDBObjectStore.prototype.openCursor = function (...args) {
      const [range] = args;
      if (range instanceof IDBKeyRange) {
        asked.push({ first: range.lower[1], block: block?.readyState });
      }
      return openCursor.apply(this, args);
    };
    onTestFinished(() => {
      Object.assign(IDBObjectStore.prototype, { get, openCursor });
    });
    expect(await bytesAt(store, 141)).toBeUndefined();
    expect(await bytesAt(store, 140)).toEqual(tileAt(140, 1).bytes);
    const first = blockOf(numberAt(140)) * BLOCK_SIZE;
    expect(first).toBeGreaterThan(numberAt(1));
    expect(asked).toEqual([
      { first, block: "pending" },
      { first, block: "pending" },
    ]);
  });

  it("is missed without waiting for that pack, and found though that cannot be read", async () => {
    const { store } = await storeWith(tileAt(1, 1, 100));
    const { openCursor } = IDBObjectStore.prototype;
    onTestFinished(() => {
      IDBObjectStore.prototype.openCursor = openCursor;
    });
    IDBObjectStore.prototype.openCursor = () => {
      throw new DOMException("It cannot be read.", "DataError");
    };
    expect(await bytesAt(store, 2)).toBeUndefined();
    expect(await bytesAt(store, 1)).toEqual(tileAt(1, 1, 100).bytes);
    // A request that is never answered.
    IDBObjectStore.prototype.openCursor = () => new EventTarget() as never;
    expect(await bytesAt(store, 2)).toBeUndefined();
  });

  it("has nothing asked for beside it if there are others, who may share its pack", async () => {
    const { store } = await storeWith(tileAt(1, 1), tileAt(2, 1));
    const openCursor = vi.spyOn(IDBObjectStore.prototype, "openCursor");
    onTestFinished(() => openCursor.mockRestore());
    await Promise.all([bytesAt(store, 1), bytesAt(store, 2)]);
    expect(openCursor).not.toHaveBeenCalled();
    await bytesAt(store, 1);
    expect(openCursor).toHaveBeenCalledOnce();
  });
});

it("whatever is done, packs hold the bytes of all tiles, and no others", async () => {
  const { name, store } = await storeWith();
  await store.stores.create("b");
  let state = 20;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const expected = new Map<number, Uint8Array>();
  const holders = { a: new Set<number>(), b: new Set<number>() };
  for (let round = 0; round < 200; round++) {
    const to = random(2) === 0 ? "a" : "b";
    const xs = Array.from({ length: 1 + random(12) }, () => random(140));
    if (random(3) > 0) {
      const tiles = xs.map((x) => tileAt(x, 1, random(12_000)));
      for (const { x, bytes } of tiles) expected.set(x, bytes);
      for (const x of xs) holders[to].add(x);
      await store.commit({ store: to, tiles });
    } else {
      const gone = [...holders[to]].filter((x) => x % 5 === round % 5);
      for (const x of gone) holders[to].delete(x);
      await store.tiles.remove(
        to,
        gone.map((x) => keyAt(x, 1)),
      );
    }
    for (const x of expected.keys()) if (!holders.a.has(x) && !holders.b.has(x)) expected.delete(x);
    const packs = await packsOf(name);
    for (const [key, pack] of packs) expect([...pack.keys()][0]).toBe(key);
    const found = [...packs.values()].flatMap((pack) => [...pack]);
    expect(found.map(([number]) => number).sort()).toEqual([...expected.keys()].map(numberAt).sort());
    const sample = [...expected.keys()].filter((x) => x % 7 === round % 7);
    for (const x of sample) expect(await bytesAt(store, x)).toEqual(expected.get(x));
  }
  expect(expected.size).toBeGreaterThan(20);
});
