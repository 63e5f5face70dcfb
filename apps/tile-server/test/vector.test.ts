import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { describe, expect, it } from "vitest";
import { vectorTiles } from "../src/vector/vector-tiles.ts";
import { loadWorld } from "../src/world/world.ts";
import { get, startServer } from "./start-server.ts";

const tiles = vectorTiles(loadWorld());
const decode = (bytes: Buffer) => new VectorTile(new PbfReader(bytes));

describe("a vector tile", () => {
  it("has the world's layers", () => {
    const { layers } = decode(tiles({ z: 4, x: 8, y: 5 }, 1));
    expect(Object.keys(layers)).toEqual(["sea", "countries", "lakes", "rivers", "coast", "borders", "names"]);
    const { countries, names } = layers;
    const namesOf = (layer: typeof countries) =>
      Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i).properties.name);
    expect(new Set(namesOf(countries))).toContain("Germany");
    expect(namesOf(names)).toContain("Germany");
    expect(countries?.version).toBe(2);
    expect(countries?.extent).toBe(4096);
  });

  it("has each country's name on exactly one tile of a zoom", () => {
    const found = [];
    for (let x = 0; x < 8; x++) {
      for (let y = 0; y < 8; y++) {
        const { names } = decode(tiles({ z: 3, x, y }, 1)).layers;
        for (let i = 0; i < (names?.length ?? 0); i++) found.push(names?.feature(i).properties.name);
      }
    }
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBe(loadWorld().names.length);
  });

  it("has rings as the specification wants them: closed outlines one way, holes the other", () => {
    // South Africa goes around Lesotho.
    const { countries } = decode(tiles({ z: 4, x: 9, y: 9 }, 1)).layers;
    const areas = new Map<unknown, number[]>();
    for (let i = 0; i < (countries?.length ?? 0); i++) {
      const feature = countries?.feature(i);
      for (const ring of feature?.loadGeometry() ?? []) {
        expect(ring.at(-1)).toEqual(ring[0]);
        const name = feature?.properties.name;
        areas.set(name, [...(areas.get(name) ?? []), areaOf(ring)]);
      }
    }
    expect(areas.get("Lesotho")?.map(Math.sign)).toEqual([1]);
    const [outline = 0, ...others] = areas.get("South Africa") ?? [];
    expect(outline).toBeGreaterThan(0);
    expect(others.filter((area) => area < 0)).toEqual([expect.closeTo(-(areas.get("Lesotho")?.[0] ?? 0), -3)]);
  });

  it("of the sea is the same everywhere, and differs with the version", () => {
    const sea = tiles({ z: 5, x: 5, y: 15 }, 1);
    expect(Object.keys(decode(sea).layers)).toEqual(["sea"]);
    expect(tiles({ z: 22, x: 1_000_000, y: 2_000_000 }, 1).equals(sea)).toBe(true);
    expect(tiles({ z: 5, x: 5, y: 15 }, 2).equals(sea)).toBe(false);
  });
});

describe("over HTTP", () => {
  it("is gzip for those who can read it, with an ETag of its own", async () => {
    const server = await startServer();
    const plain = await get(server, "/vector/4/8/5.pbf");
    const zipped = await get(server, "/vector/4/8/5.pbf", { "accept-encoding": "br, gzip;q=0.5" });
    const refused = await get(server, "/vector/4/8/5.pbf", { "accept-encoding": "gzip;q=0, br" });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(refused.headers["content-encoding"]).toBeUndefined();
    expect(zipped.body.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    expect(zipped.body.length).toBeLessThan(plain.body.length);
    expect([plain, zipped].map(({ headers }) => headers.vary)).toEqual(["accept-encoding", "accept-encoding"]);
    expect(zipped.headers.etag).not.toBe(plain.headers.etag);
    const again = await get(server, "/vector/4/8/5.pbf", {
      "accept-encoding": "gzip",
      "if-none-match": zipped.headers.etag ?? "",
    });
    expect(again.status).toBe(304);
  });

  it("comes with TileJSON, a style and glyphs that fit together", async () => {
    const server = await startServer();
    const json = async (path: string) => JSON.parse((await get(server, path)).body.toString());
    const style = await json("/style.json");
    const tileJson = await json(style.sources.world.url.slice(server.url.length));
    const layers = new Set(tileJson.vector_layers.map(({ id }: { id: string }) => id));
    for (const layer of style.layers) if (layer.source) expect(layers).toContain(layer["source-layer"]);
    expect(tileJson.tiles[0]).toBe(`${server.url}/vector/{z}/{x}/{y}.pbf`);

    const [font] = style.layers.at(-1).layout["text-font"];
    const address = style.glyphs.replace("{fontstack}", encodeURIComponent(font)).replace("{range}", "0-255");
    const glyphs = await get(server, address.slice(server.url.length));
    expect(glyphs.status).toBe(200);
    expect(glyphCodes(glyphs.body)).toEqual(expect.arrayContaining([..."Germany é"].map((c) => c.codePointAt(0))));
    const unknown = await get(server, "/glyphs/Comic%20Sans/0-255.pbf");
    expect([unknown.status, unknown.body.toString()]).toEqual([
      404,
      "There is no such font: there are Noto Sans Regular and Noto Sans SemiBold.\n",
    ]);
    expect((await get(server, "/glyphs/Comic%20Sans,Noto%20Sans%20Regular/256-511.pbf")).status).toBe(200);
    expect((await get(server, "/glyphs/Noto%20Sans%20Regular/1-256.pbf")).status).toBe(400);
  });

  it("names the server as the client does", async () => {
    const server = await startServer();
    const asked = async (host: string) => {
      const { body } = await get(server, "/vector.json", { host });
      return JSON.parse(body.toString()).tiles[0];
    };
    expect(await asked("tiles.example:81")).toBe("http://tiles.example:81/vector/{z}/{x}/{y}.pbf");
    expect(await asked('x"<script>')).not.toContain("script");
  });
});

/** By the surveyor's formula; positive when the ring goes clockwise on the screen. */
function areaOf(ring: readonly { x: number; y: number }[]): number {
  return ring.reduce((sum, { x, y }, i) => {
    const next = ring[(i + 1) % ring.length] ?? { x, y };
    return sum + (x * next.y - next.x * y) / 2;
  }, 0);
}

/** The code points in a range of glyphs: message `glyphs` { stacks = 1 { glyphs = 3 { id = 1 } } }. */
function glyphCodes(bytes: Buffer): number[] {
  const codes: number[] = [];
  const readGlyph = (tag: number, _: unknown, pbf: PbfReader) => tag === 1 && codes.push(pbf.readVarint());
  const readStack = (tag: number, _: unknown, pbf: PbfReader) => tag === 3 && pbf.readMessage(readGlyph, null);
  new PbfReader(bytes).readFields((tag, _, pbf) => tag === 1 && pbf.readMessage(readStack, null), null);
  return codes;
}
