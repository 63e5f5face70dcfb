import type { Bounds, TileCoord } from "@fmtc/core";
import { openMemoryStore } from "@fmtc/core/testing";
import { describe, expect, it } from "vitest";
import { boundsOfTiles } from "../../src/serve/bounds-of-tiles.ts";

async function boundsOf(tiles: readonly TileCoord[]): Promise<Bounds | undefined> {
  const store = await openMemoryStore();
  await store.stores.create("hiking");
  const bytes = new Uint8Array([1]);
  for (const source of ["before", "topo", "topo2"]) {
    // Those of other sources reach further.
    const those = source === "topo" ? tiles : [{ z: 0, x: 0, y: 0 }];
    await store.commit({ store: "hiking", tiles: those.map((tile) => ({ ...tile, source, bytes, storedAt: 1 })) });
  }
  const zooms = tiles.map(({ z }) => z);
  return boundsOfTiles(store, "hiking", "topo", Math.min(...zooms), Math.max(...zooms));
}

function degrees({ z, x, y }: TileCoord): Bounds {
  const latitude = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
  const longitude = (column: number) => (column / 2 ** z) * 360 - 180;
  return { west: longitude(x), east: longitude(x + 1), north: latitude(y), south: latitude(y + 1) };
}

function touch(a: Bounds, b: Bounds): boolean {
  return a.west < b.east && b.west < a.east && a.south < b.north && b.south < a.north;
}

describe("the bounds of tiles", () => {
  it("of one tile are the tile", async () => {
    expect(await boundsOf([{ z: 7, x: 64, y: 42 }])).toEqual(degrees({ z: 7, x: 64, y: 42 }));
    expect(await boundsOf([{ z: 0, x: 0, y: 0 }])).toEqual({
      west: -180,
      east: 180,
      south: expect.closeTo(-85.0511287798066, 10),
      north: expect.closeTo(85.0511287798066, 10),
    });
  });

  it("are those of the deepest where all others lie above them", async () => {
    const pyramid = [
      { z: 0, x: 0, y: 0 },
      { z: 1, x: 1, y: 0 },
      { z: 8, x: 130, y: 80 },
      { z: 9, x: 261, y: 160 },
      { z: 9, x: 262, y: 161 },
    ];
    const [first, last] = [degrees({ z: 9, x: 261, y: 160 }), degrees({ z: 9, x: 262, y: 161 })];
    expect(await boundsOf(pyramid)).toEqual({ ...first, east: last.east, south: last.south });
  });

  it("reach as far as tiles that lie elsewhere", async () => {
    const bounds = await boundsOf([
      { z: 3, x: 0, y: 2 },
      { z: 9, x: 400, y: 160 },
    ]);
    expect(bounds?.west).toBe(-180);
    expect(bounds?.east).toBe(degrees({ z: 9, x: 400, y: 160 }).east);
    expect(bounds?.south).toBe(degrees({ z: 3, x: 0, y: 2 }).south);
  });

  it("leave nothing out of rows that are jumped over", async () => {
    const z = 12;
    const row = (y: number, from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => ({ z, x: from + i, y }));
    const bounds = await boundsOf([
      ...row(100, 1000, 1700),
      ...row(101, 990, 1690),
      ...row(102, 1000, 1701),
      { z, x: 3000, y: 102 },
      ...row(103, 1000, 1300),
      { z, x: 2, y: 104 },
      ...row(104, 1000, 1700),
      ...row(2000, 1200, 1210),
    ]);
    expect(bounds).toEqual({
      west: degrees({ z, x: 2, y: 0 }).west,
      east: degrees({ z, x: 3000, y: 0 }).east,
      north: degrees({ z, x: 0, y: 100 }).north,
      south: degrees({ z, x: 0, y: 2000 }).south,
    });
  });

  it("touch all tiles, and contain the deepest, whatever there is", async () => {
    let state = 7;
    const below = (limit: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % limit;
    };
    for (let run = 0; run < 200; run++) {
      const tiles = Array.from({ length: 1 + below(30) }, () => {
        const z = below(11);
        return { z, x: below(2 ** z), y: below(2 ** z) };
      });
      const bounds = await boundsOf(tiles);
      if (bounds === undefined) throw new Error("There are tiles, and so there are bounds.");
      const deepest = Math.max(...tiles.map(({ z }) => z));
      for (const tile of tiles) {
        const place = degrees(tile);
        expect(touch(bounds, place)).toBe(true);
        if (tile.z < deepest) continue;
        expect(bounds.west).toBeLessThanOrEqual(place.west);
        expect(bounds.east).toBeGreaterThanOrEqual(place.east);
        expect(bounds.north).toBeGreaterThanOrEqual(place.north);
        expect(bounds.south).toBeLessThanOrEqual(place.south);
      }
    }
  });
});
