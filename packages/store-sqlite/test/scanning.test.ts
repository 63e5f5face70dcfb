import type { TileInfo } from "@fmtc/core";
import { expect, test } from "vitest";
import { opened, testPath } from "./opened.ts";
import { tilesFrom } from "./tiles.ts";

/** More than a page of a scan. */
const MANY = 1_200;

test.each([{ bytes: false }, { bytes: true }])(
  "a scan goes on when its store gets another name, and ends when it is deleted (%o)",
  async ({ bytes }) => {
    const store = await opened(testPath());
    await store.stores.create("a");
    await store.stores.create("other");
    await store.commit({ store: "a", tiles: tilesFrom(0, MANY) });
    await store.commit({ store: "other", tiles: tilesFrom(0, MANY) });
    const scanned = async (afterFirst: () => Promise<unknown>, name: string) => {
      const tiles: TileInfo[] = [];
      for await (const tile of store.tiles.scan({ stores: [name], ...(bytes ? { bytes } : {}) })) {
        tiles.push(tile);
        if (tiles.length === 1) await afterFirst();
      }
      return tiles.length;
    };
    expect(await scanned(() => store.stores.rename("a", "b"), "a")).toBe(MANY);
    expect(await scanned(() => store.stores.delete("b"), "b")).toBeLessThan(MANY);
  },
);
