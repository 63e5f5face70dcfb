import { beforeAll, describe, expect, it } from "vitest";
import { namesInView } from "../src/raster/names-in-view.ts";
import { drawPicture } from "../src/raster/picture.ts";
import { plainTile } from "../src/raster/plain-tile.ts";
import { type RasterStyle, type RasterTiles, rasterTiles } from "../src/raster/raster-tiles.ts";
import { loadSkia } from "../src/raster/skia.ts";
import { viewOfTile } from "../src/raster/view.ts";
import { loadWorld } from "../src/world/world.ts";
import { pixelsOf } from "./picture-colours.ts";

const plain: RasterStyle = { format: "png", size: 256, scale: 1, graticule: false, label: false, version: 1 };

let tiles: RasterTiles;
let sea: string;
beforeAll(async () => {
  tiles = rasterTiles(await loadSkia(), loadWorld());
  sea = (await draw(22, 1_000_000, 2_000_000)).at(0, 0);
});

const draw = async (z: number, x: number, y: number, style: Partial<RasterStyle> = {}) =>
  pixelsOf(await tiles({ z, x, y }, { ...plain, ...style }));

/** The tile at a zoom that a place lies in, and the place's pixel on it. */
function locate(z: number, lat: number, lng: number) {
  const x = ((lng + 180) / 360) * 2 ** z;
  const y = (0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z;
  const [column, row] = [Math.floor(x), Math.floor(y)];
  return { column, row, px: Math.floor((x - column) * 256), py: Math.floor((y - row) * 256) };
}

const colourAt = async (z: number, lat: number, lng: number) => {
  const { column, row, px, py } = locate(z, lat, lng);
  return (await draw(z, column, row)).at(px, py);
};

describe("the world", () => {
  it.each([
    ["the middle of the Atlantic", 30, -45],
    ["the Caspian Sea", 41.9, 50.6],
    ["Lake Victoria", -1.6, 32.6],
    ["Lake Superior", 47.6, -87],
    ["the Bering Sea, west of 180°", 58, 178],
    ["the Bering Sea, east of 180°", 58, -178],
  ])("has water in %s", async (_, lat, lng) => {
    for (const z of [3, 4, 6, 9]) expect(await colourAt(z, lat, lng)).toBe(sea);
  });

  it.each([
    ["Germany", 50.5, 9.3],
    ["Brazil", -10, -52],
    ["Chukotka, west of 180°", 67.5, 178],
    ["Chukotka, east of 180°", 67.5, -179],
    ["Antarctica", -80, 60],
    ["Antarctica at the map's last row", -84.9, -120],
    ["Australia", -25, 134],
  ])("has land in %s", async (_, lat, lng) => {
    for (const z of [2, 4, 6, 9, 15, 22]) expect(await colourAt(z, lat, lng)).not.toBe(sea);
  });

  it("gives countries with a common border different colours", async () => {
    const germany = await colourAt(5, 51, 10);
    for (const [lat, lng] of [
      [47, 2.8],
      [52, 19],
      [47.3, 14.5],
      [50.6, 4.8],
    ] as const) {
      expect(await colourAt(5, lat, lng)).not.toBe(germany);
    }
  });

  it("goes on from one tile to the next", async () => {
    const [west, east] = [await draw(6, 33, 21), await draw(6, 34, 21)];
    let same = 0;
    for (let y = 0; y < 256; y++) if (west.at(255, y) === east.at(0, y)) same++;
    expect(same).toBeGreaterThan(230);
  });
});

describe("a tile of the sea", () => {
  const places = [
    [3, 1, 5],
    [5, 5, 15],
    [9, 160, 200],
    [14, 3000, 8000],
    [22, 1_000_000, 2_000_000],
  ] as const;

  it.each([
    ["png", 256, 1],
    ["png", 512, 1],
    ["webp", 256, 2],
    ["webp", 512, 2],
  ] as const)("is the same everywhere, byte for byte, as %s of %d px, @%dx", async (format, size, scale) => {
    const all = await Promise.all(places.map(([z, x, y]) => tiles({ z, x, y }, { ...plain, format, size, scale })));
    for (const bytes of all) expect(bytes.equals(all[0] ?? Buffer.alloc(0))).toBe(true);
    const pixels = await pixelsOf(all[0] ?? Buffer.alloc(0));
    expect(pixels.count(pixels.at(0, 0))).toBe((size * scale) ** 2);
  });

  it("or of one country alone is drawn in one colour, wherever the lines around it are", async () => {
    const [skia, world] = [await loadSkia(), loadWorld()];
    const pictures = new Map<string, Set<string>>();
    let withLinesOutOfSight = 0;
    for (let x = 240; x < 290; x++) {
      for (let y = 140; y < 190; y++) {
        const view = viewOfTile({ z: 9, x, y }, 256, 1);
        const geometry = world.geometryOf({ z: 9, x, y });
        const content = plainTile(geometry);
        if (content === undefined || namesInView(skia, world.names, view).length > 0) continue;
        if (geometry.features.some(({ tags }) => tags.layer === "coast")) withLinesOutOfSight++;
        const drawn = drawPicture(skia, world, view, plain).toString("latin1");
        pictures.set(content, (pictures.get(content) ?? new Set()).add(drawn));
      }
    }
    expect(withLinesOutOfSight).toBeGreaterThan(5);
    expect(pictures.size).toBeGreaterThan(3);
    for (const drawn of pictures.values()) expect(drawn.size).toBe(1);
    const open = await tiles({ z: 22, x: 1_000_000, y: 2_000_000 }, plain);
    expect([...(pictures.get("sea") ?? [])]).toEqual([open.toString("latin1")]);
  });

  it("differs with a graticule or labels", async () => {
    const unmarked = await tiles({ z: 5, x: 5, y: 15 }, plain);
    expect((await tiles({ z: 5, x: 5, y: 15 }, { ...plain, graticule: true })).equals(unmarked)).toBe(false);
    const labelled = await tiles({ z: 5, x: 5, y: 15 }, { ...plain, label: true });
    expect(labelled.equals(unmarked)).toBe(false);
    expect(labelled.equals(await tiles({ z: 5, x: 5, y: 16 }, { ...plain, label: true }))).toBe(false);
  });
});

describe("pictures", () => {
  it.each([
    [256, 1],
    [256, 2],
    [512, 1],
    [512, 2],
  ] as const)("of %d px at @%dx have as many pixels", async (size, scale) => {
    const { width, height } = await draw(3, 4, 2, { size, scale });
    expect([width, height]).toEqual([size * scale, size * scale]);
  });

  it("are PNG and WebP of the same map", async () => {
    const png = await tiles({ z: 4, x: 8, y: 5 }, plain);
    const webp = await tiles({ z: 4, x: 8, y: 5 }, { ...plain, format: "webp" });
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(webp.subarray(8, 12).toString()).toBe("WEBP");
    const [a, b] = [await pixelsOf(png), await pixelsOf(webp)];
    let difference = 0;
    for (let i = 0; i < a.data.length; i++) difference += Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0));
    expect(difference).toBe(0);
  });

  it("have other colours in each version of the map, at sea too", async () => {
    const versions = await Promise.all(
      [1, 2, 3, 4, 50].map((version) => tiles({ z: 5, x: 5, y: 15 }, { ...plain, version })),
    );
    expect(new Set(versions.map((bytes) => bytes.toString("latin1"))).size).toBe(5);
    const [first, second] = [await draw(4, 8, 5), await draw(4, 8, 5, { version: 2 })];
    expect(second.at(128, 128)).not.toBe(first.at(128, 128));
  });

  it("have a graticule where meridians and parallels are", async () => {
    // At zoom 2 the lines are 30° apart: the meridian of 30° is a third of the way across the tile from 0° to 90°.
    const [without, withLines] = [await draw(2, 2, 1), await draw(2, 2, 1, { graticule: true })];
    const column = Math.round(256 / 3);
    let changed = 0;
    for (let y = 0; y < 256; y++) if (without.at(column, y) !== withLines.at(column, y)) changed++;
    expect(changed).toBeGreaterThan(240);
  });
});
