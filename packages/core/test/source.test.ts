import {
  assertBulkAllowed,
  defineSource,
  policyOf,
  SourceError,
  TilePolicyError,
  type TileSource,
  tileUrls,
} from "@fmtc/core";
import { describe, expect, it } from "vitest";

const urlOf = (source: Omit<TileSource, "id">, tile = { z: 3, x: 3, y: 5 }) =>
  tileUrls(defineSource({ id: "s", ...source }))(tile);

describe("tileUrls", () => {
  it("puts the tile's place into the template", () => {
    expect(urlOf({ url: "https://t.example.org/{z}/{x}/{y}.png?z={z}" })).toBe("https://t.example.org/3/3/5.png?z=3");
  });

  it("counts rows from the south for {-y}", () => {
    expect(urlOf({ url: "https://t.example.org/{z}/{x}/{-y}.png" })).toBe("https://t.example.org/3/3/2.png");
  });

  it("writes Bing's quadkeys", () => {
    expect(urlOf({ url: "https://t.example.org/{quadkey}" })).toBe("https://t.example.org/213");
    expect(urlOf({ url: "https://t.example.org/q{quadkey}" }, { z: 0, x: 0, y: 0 })).toBe("https://t.example.org/q");
    expect(urlOf({ url: "/{quadkey}" }, { z: 24, x: 2 ** 24 - 1, y: 0 })).toBe(`/${"1".repeat(24)}`);
  });

  it("writes the bounds of a tile in metres, west, south, east, north, neighbours sharing their edge", () => {
    const bbox = (x: number, y: number, z: number) =>
      urlOf({ url: "/{bbox-epsg-3857}" }, { z, x, y }).slice(1).split(",");
    const half = "20037508.342789244";
    expect(bbox(0, 0, 0)).toEqual([`-${half}`, `-${half}`, half, half]);
    expect(bbox(0, 0, 1)).toEqual([`-${half}`, "0", "0", half]);
    const [west, south] = bbox(8_717_000, 5_448_000, 24);
    expect(bbox(8_716_999, 5_448_001, 24)[2]).toBe(west);
    expect(bbox(8_716_999, 5_448_001, 24)[3]).toBe(south);
  });

  it("shares tiles out among subdomains, each always to the same", () => {
    const url = tileUrls(
      defineSource({ id: "s", url: "https://{s}.example.org/{z}/{x}/{y}", subdomains: ["a", "b", "c"] }),
    );
    expect([0, 1, 2, 3].map((x) => url({ z: 2, x, y: 1 }).slice(8, 9))).toEqual(["b", "c", "a", "b"]);
  });

  it("writes @2x for retina tiles, and nothing for others", () => {
    const url = "/{z}/{x}/{y}{r}.png";
    expect(urlOf({ url, retina: true })).toBe("/3/3/5@2x.png");
    expect(urlOf({ url })).toBe("/3/3/5.png");
  });

  it("puts in the source's own parameters as they are, braces included", () => {
    const parameters = { key: "{x}$&", style: "a/b" };
    expect(urlOf({ url: "/{style}/{z}/{x}/{y}?key={key}", parameters })).toBe("/a/b/3/3/5?key={x}$&");
  });
});

describe("defineSource", () => {
  const url = "https://t.example.org/{z}/{x}/{y}.png";

  it.each(["//[::1]:8080", "http://localhost:8080", "https://{s}.example.org.", "https://{host}:443", "tiles"])(
    "takes a server written as %s",
    (server) => {
      const source = { id: "s", url: `${server}/{z}/{x}/{y}`, subdomains: ["a"], parameters: { host: "my_tiles" } };
      expect(defineSource(source)).toBe(source);
    },
  );

  it("returns what it is given", () => {
    const source = { id: "topo", url, maxZoom: 17, owner: "me" };
    expect(defineSource(source)).toBe(source);
  });

  it.each([
    ["id", { id: "", url }],
    ["id", { id: url, url }],
    ["url", { id: "s", url: "" }],
    ["url", { id: "s", url: "https://t.example.org/{z}/{x}.png" }],
    ["url", { id: "s", url: "https://t.example.org/{x}/{y}.png" }],
    ["url", { id: "s", url: "https://t.example.org/{z}/{x}/{y" }],
    ["url", { id: "s", url: "https://t.example.org/{z}/{x}/{y}.png?key={key}" }],
    ["url", { id: "s", url: "https://t.example.org/{z}/{x}/{y}.png?key={toString}" }],
    ["url", { id: "s", url: "https://{s}.example.org/{z}/{x}/{y}.png" }],
    ["url", { id: "s", url: "https://{s}.example.org/{z}/{x}/{y}.png", subdomains: [] }],
    ["url", { id: "s", url: "https://t.example.org/a b/{z}/{x}/{y}.png" }],
    ["url", { id: "s", url: "https://me:secret@t.example.org/{z}/{x}/{y}.png" }],
    ["url", { id: "s", url: "{base}/{z}/{x}/{y}.png", parameters: { base: "https://me:secret@t.example.org" } }],
    ["url", { id: "s", url: "https://tile%2Eopenstreetmap.org/{z}/{x}/{y}.png" }],
    ["url", { id: "s", url: "https://tile。openstreetmap.org/{z}/{x}/{y}.png" }],
    ["url", { id: "s", url: "{base}/{z}/{x}/{y}.png", parameters: { base: "https:tile.openstreetmap.org" } }],
    ["url", { id: "s", url: "{base}/{z}/{x}/{y}.png", parameters: { base: "https:///tile.openstreetmap.org" } }],
    ["parameters.base", { id: "s", url: "/{base}/{z}/{x}/{y}.png", parameters: { base: "\\tile.openstreetmap.org" } }],
    ["parameters.base", { id: "s", url: "{base}/{z}/{x}/{y}", parameters: { base: "\u0001//tile.openstreetmap.org" } }],
    ["url", { id: "s", url: "\u0001https://tile.openstreetmap.org/{z}/{x}/{y}.png" }],
    ["url", { id: "s", url: "javascript:{z}{x}{y}", subdomains: [] }],
    ["url", { id: "s", url: "https://me:secret@t.example.org/{z}/{x}/{y}.png", subdomains: [] }],
    ["url", { id: "s", url: "https://me{r}tile.openstreetmap.org/{z}/{x}/{y}.png", retina: true }],
    ["url", { id: "s", url: "https://{-y}/{z}/{x}/{y}.png", parameters: { "-y": "example.org" } }],
    ["url", { id: "s", url: "/{quadkey}/tile.openstreetmap.org/{z}/{x}/{y}.png" }],
    ["url", { id: "s", url: "https://[::1/{z}/{x}/{y}.png" }],
    ["url", { id: "s", url: "file:///{z}/{x}/{y}.png" }],
    ["url", { id: "s", url: "javascript:{z}{x}{y}" }],
    ["url", { id: "s", url: "https:/{z}/{x}/{y}.png" }],
    ["subdomains", { id: "s", url, subdomains: ["a/b"] }],
    ["parameters.key", { id: "s", url, parameters: { key: 1 } }],
    ["parameters.key", { id: "s", url, parameters: { key: "a b" } }],
    ["headers", { id: "s", url, headers: { "X-Key": "a\r\nb" } }],
    ["headers", { id: "s", url, headers: "a" }],
    ["minZoom", { id: "s", url, minZoom: 5, maxZoom: 4 }],
    ["minZoom", { id: "s", url, minZoom: -1 }],
    ["maxZoom", { id: "s", url, maxZoom: 25 }],
    ["maxZoom", { id: "s", url, maxZoom: Number.NaN }],
    ["tileSize", { id: "s", url, tileSize: 0 }],
    ["retina", { id: "s", url, retina: 2 }],
    ["policy.bulk", { id: "s", url, policy: { attribution: "me" } }],
    ["policy.maxBulkZoom", { id: "s", url, policy: { bulk: "allowed", maxBulkZoom: 25 } }],
    ["policy.tilesPerSecond", { id: "s", url, policy: { bulk: "allowed", tilesPerSecond: 0 } }],
    ["policy.connections", { id: "s", url, policy: { bulk: "allowed", connections: 0.5 } }],
    ["policy.minCacheMs", { id: "s", url, policy: { bulk: "allowed", minCacheMs: -1 } }],
    ["seaTiles", { id: "s", url, seaTiles: "sea" }],
    ["seaTiles[0].x", { id: "s", url, seaTiles: [{ z: 1, x: 2, y: 0 }] }],
    ["source", null],
  ])("names %s in %j", (field, source) => {
    expect(() => defineSource(source as never)).toThrow(expect.objectContaining({ code: "SOURCE_INVALID", field }));
  });

  it("never repeats what may be a key", () => {
    const secrets = [
      { id: "s", url: "https://t.example.org/{z}/{x}?key=SECRET" },
      { id: "https://t.example.org/?key=SECRET", url },
      { id: "s", url, parameters: { key: "SECRET SECRET" } },
      { id: "s", url, headers: { Authorization: "SECRET\n" } },
      { id: "s", url: "https://me:SECRET@t.example.org/{z}/{x}/{y}.png" },
    ];
    for (const source of secrets) {
      let error: unknown;
      try {
        defineSource(source);
      } catch (thrown) {
        error = thrown;
      }
      expect(SourceError.isInstance(error)).toBe(true);
      expect(`${error} ${JSON.stringify(error)}`).not.toContain("SECRET");
    }
  });
});

describe("policies", () => {
  const osm = defineSource({ id: "osm", url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png" });

  it("refuse bulk downloads from OpenStreetMap's servers at any zoom, however they are written", () => {
    const spellings = [
      osm,
      { id: "osm", url: "//{s}.Tile.OpenStreetMap.org:443/{z}/{x}/{y}.png", subdomains: ["a", "b"] },
      { id: "osm", url: "https://{host}/{z}/{x}/{y}.png", parameters: { host: "tile.openstreetmap.org" } },
      { id: "osm", url: "{base}/{z}/{x}/{y}.png", parameters: { base: "https://tile.openstreetmap.org" } },
      { id: "osm", url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png", subdomains: [] },
      { id: "osm", url: "https://tile{r}.openstreetmap.org/{z}/{x}/{y}.png" },
      { id: "osm", url: "https{r}://tile.openstreetmap.org/{z}/{x}/{y}.png" },
      { id: "osm", url: "/{r}/tile.openstreetmap.org/{z}/{x}/{y}.png", parameters: { r: "x" } },
    ];
    for (const source of spellings) {
      expect(() => assertBulkAllowed(defineSource(source), 0)).toThrow(
        expect.objectContaining({
          code: "TILE_POLICY",
          source: "osm",
          policyUrl: expect.stringContaining("operations.osmfoundation.org"),
        }),
      );
    }
  });

  it("say what to do instead", () => {
    expect(() => assertBulkAllowed(osm, 3)).toThrow(/Use a server that allows it.*policy: \{ bulk: "allowed" \}/);
  });

  it("are not fooled by a name that only looks alike", () => {
    for (const host of [
      "tile.openstreetmap.org.example.com",
      "nottile.openstreetmap.org.uk",
      "mytile-openstreetmap.org",
    ]) {
      expect(policyOf({ id: "s", url: `https://${host}/{z}/{x}/{y}.png` })).toEqual({ bulk: "allowed" });
    }
    expect(policyOf({ id: "s", url: "/tile.openstreetmap.org/{z}/{x}/{y}.png" })).toEqual({ bulk: "allowed" });
  });

  it("give way to what the source itself says", () => {
    assertBulkAllowed({ ...osm, policy: { bulk: "allowed" } }, 19);
  });

  it("limit the zoom of a bulk download", () => {
    const source = defineSource({ id: "s", url: "/{z}/{x}/{y}", policy: { bulk: "allowed", maxBulkZoom: 12 } });
    assertBulkAllowed(source, 12);
    expect(() => assertBulkAllowed(source, 13)).toThrow(TilePolicyError);
    expect(() => assertBulkAllowed(source, 13)).toThrow(/zoom 12.*goes to 13/);
  });
});

describe("a server that is known", () => {
  const bulkOf = (source: Pick<TileSource, "url" | "subdomains">) => policyOf({ id: "x", ...source }).bulk;

  it("is known however its name is written, and among others", () => {
    expect(bulkOf({ url: "https://tile.openstreetmap.org./{z}/{x}/{y}.png" })).toBe("refused");
    expect(bulkOf({ url: "https://a.tile.osm.org/{z}/{x}/{y}.png" })).toBe("refused");
    expect(bulkOf({ url: "HTTPS://A.Tile.OpenStreetMap.org/{z}/{x}/{y}.png" })).toBe("refused");
    const subdomains = ["tiles.example.org", "tile.openstreetmap.org"];
    expect(bulkOf({ url: "https://{s}/{z}/{x}/{y}.png", subdomains })).toBe("refused");
    expect(bulkOf({ url: "https://nottile.openstreetmap.org.example.org/{z}/{x}/{y}.png" })).toBe("allowed");
  });
});

it("refuses limits that nobody knows, as they would not be kept", () => {
  const policy = { bulk: "allowed" as const, tilePerSecond: 2 };
  expect(() => defineSource({ id: "x", url: "/{z}/{x}/{y}", policy })).toThrow(
    /policy\.tilePerSecond is unknown.*tilesPerSecond/,
  );
});
