import { describe, expect, it } from "vitest";
import { pixelsOf } from "./picture-colours.ts";
import { get, startServer } from "./start-server.ts";

const HALF = 20037508.342789244;

function address(parameters: Record<string, string | number>): string {
  const all = {
    SERVICE: "WMS",
    REQUEST: "GetMap",
    LAYERS: "world",
    STYLES: "",
    FORMAT: "image/png",
    WIDTH: 256,
    HEIGHT: 256,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...all, ...parameters })) query.set(name, `${value}`);
  return `/wms?${query}`;
}

/** The box of a tile in EPSG:3857. */
function boxOf(z: number, x: number, y: number): string {
  const width = (2 * HALF) / 2 ** z;
  return [-HALF + x * width, HALF - (y + 1) * width, -HALF + (x + 1) * width, HALF - y * width].join(",");
}

describe("GetMap", () => {
  it.each(["1.1.1", "1.3.0"])("in EPSG:3857, version %s, shows what the tile of the same box does", async (version) => {
    const server = await startServer();
    const crs = version === "1.3.0" ? { CRS: "EPSG:3857" } : { SRS: "EPSG:3857" };
    const { status, headers, body } = await get(server, address({ VERSION: version, BBOX: boxOf(4, 8, 5), ...crs }));
    expect([status, headers["content-type"]]).toEqual([200, "image/png"]);
    const [map, tile] = [await pixelsOf(body), await pixelsOf((await get(server, "/xyz/4/8/5.png")).body)];
    let same = 0;
    for (let y = 0; y < 256; y++) for (let x = 0; x < 256; x++) if (map.at(x, y) === tile.at(x, y)) same++;
    expect(same / 65_536).toBeGreaterThan(0.99);
  });

  it("has longitude first in 1.1.1, and latitude first in 1.3.0", async () => {
    const server = await startServer();
    const size = { WIDTH: 300, HEIGHT: 200 };
    const older = await get(server, address({ VERSION: "1.1.1", SRS: "EPSG:4326", BBOX: "-10,35,20,55", ...size }));
    const newer = await get(server, address({ VERSION: "1.3.0", CRS: "EPSG:4326", BBOX: "35,-10,55,20", ...size }));
    const crs84 = await get(server, address({ VERSION: "1.3.0", CRS: "CRS:84", BBOX: "-10,35,20,55", ...size }));
    expect(newer.body.equals(older.body)).toBe(true);
    expect(crs84.body.equals(older.body)).toBe(true);

    const map = await pixelsOf(older.body);
    expect([map.width, map.height]).toEqual([300, 200]);
    const at = (lat: number, lng: number) => map.at(Math.floor((lng + 10) * 10), Math.floor((55 - lat) * 10));
    const sea = at(46, -7);
    expect(at(39.6, 6.3)).toBe(sea);
    for (const [lat, lng] of [
      [46, 2],
      [52, 10],
      [40, -4],
    ] as const) {
      expect(at(lat, lng)).not.toBe(sea);
    }
  });

  it("takes names of parameters in any case, and formats", async () => {
    const server = await startServer();
    const path = `/wms?service=wms&Request=getmap&version=1.3.0&layers=world&crs=epsg:3857&format=image/webp&width=64&height=32&bbox=${boxOf(2, 2, 1)}`;
    const { headers, body } = await get(server, path);
    expect(headers["content-type"]).toBe("image/webp");
    const { width, height } = await pixelsOf(body);
    expect([width, height]).toEqual([64, 32]);
    expect((await get(server, path, { "if-none-match": headers.etag ?? "" })).status).toBe(304);
  });

  it("may reach beyond the map, and be long and narrow", async () => {
    const server = await startServer();
    const beyond = await get(server, address({ VERSION: "1.3.0", CRS: "EPSG:4326", BBOX: "-90,-200,90,200" }));
    expect((await pixelsOf(beyond.body)).width).toBe(256);
    const narrow = { VERSION: "1.3.0", CRS: "EPSG:3857", BBOX: `0,${-HALF},1,${HALF}`, WIDTH: 2048, HEIGHT: 1 };
    expect((await get(server, address(narrow))).status).toBe(200);
  });
});

describe("a map that reaches beyond the Mercator map", () => {
  const degrees = { VERSION: "1.3.0", CRS: "CRS:84" };
  const mercator = { VERSION: "1.3.0", CRS: "EPSG:3857" };

  it.each([
    ["the whole world", "-180,-90,180,90", 512, 256],
    ["the pole alone", "-180,-90,180,-86", 512, 64],
    ["a place at the pole", "33.001,-89.999,33.003,-89.998", 256, 128],
    ["another place, on the other side of the antimeridian", "200,-88,204,-86", 128, 64],
  ])("has Antarctica as far as the pole: %s", async (_, BBOX, WIDTH, HEIGHT) => {
    const server = await startServer();
    const { body } = await get(server, address({ ...degrees, BBOX, WIDTH, HEIGHT }));
    const map = await pixelsOf(body);
    const land = await landOfAntarctica(server);
    const [, south = 0, , north = 0] = BBOX.split(",").map(Number);
    const firstRow = Math.max(0, Math.ceil(((north + 86) / (north - south)) * HEIGHT) + (north > 0 ? 1 : 0));
    for (let y = firstRow; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) expect(map.at(x, y)).toBe(land);
    }
  });

  it("has sea to the north pole, and beyond both", async () => {
    const server = await startServer();
    const { body } = await get(server, address({ ...degrees, BBOX: "-20,-100,20,100", WIDTH: 80, HEIGHT: 400 }));
    const map = await pixelsOf(body);
    const sea = map.at(0, 0);
    expect(sea).not.toBe(await landOfAntarctica(server));
    for (const y of [0, 10, 25, 381, 390, 399]) expect([y, map.at(10, y)]).toEqual([y, sea]);
  });

  it.each([
    ["east, in degrees", degrees, "170,-50,190,-10", "-190,-50,-170,-10"],
    ["west, in degrees", degrees, "-400,30,-350,60", "-40,30,10,60"],
    ["east, in metres", mercator, `${HALF + 1e6},0,${HALF + 5e6},4e6`, `${1e6 - HALF},0,${5e6 - HALF},4e6`],
  ])("has the world again in the %s", async (_, crs, beyond, within) => {
    const server = await startServer();
    const [one, other] = [
      await pixelsOf((await get(server, address({ ...crs, BBOX: beyond }))).body),
      await pixelsOf((await get(server, address({ ...crs, BBOX: within }))).body),
    ];
    let same = 0;
    for (let y = 0; y < 256; y++) for (let x = 0; x < 256; x++) if (one.at(x, y) === other.at(x, y)) same++;
    expect(same / 65_536).toBeGreaterThan(0.99);
    expect(one.count(one.at(0, 0))).toBeLessThan(65_536);
  });

  it("has the world three times and not more often, with its names", async () => {
    const server = await startServer();
    const size = { WIDTH: 768, HEIGHT: 128 };
    const map = await pixelsOf((await get(server, address({ ...degrees, BBOX: "-540,-90,540,90", ...size }))).body);
    let same = 0;
    for (let y = 0; y < 128; y++) {
      for (let x = 0; x < 256; x++) {
        const [west, middle, east] = [map.at(x, y), map.at(x + 256, y), map.at(x + 512, y)];
        if (west === middle && east === middle) same++;
      }
    }
    expect(same / (256 * 128)).toBeGreaterThan(0.98);
    for (const [crs, BBOX, edge] of [
      [degrees, "0,0,541,10", "from -540 to 540"],
      [degrees, "-541,0,0,10", "from -540 to 540"],
      [mercator, `0,0,${3 * HALF + 10},10`, `from ${-3 * HALF} to ${3 * HALF}`],
      [mercator, "-1e12,0,1e12,10", `from ${-3 * HALF} to ${3 * HALF}`],
    ] as const) {
      const { headers, body } = await get(server, address({ ...crs, BBOX }));
      expect(headers["content-type"]).toBe("text/xml");
      expect(body.toString()).toContain('code="InvalidParameterValue"');
      expect(body.toString()).toContain(`the world is there 3 times, ${edge}`);
    }
  });
});

/** The colour of Antarctica, from the tile in its middle. */
async function landOfAntarctica(server: { url: string }): Promise<string> {
  const tile = await pixelsOf((await get(server, "/xyz/8/180/255.png")).body);
  expect(tile.count(tile.at(128, 128))).toBeGreaterThan(60_000);
  return tile.at(128, 128);
}

describe("an exception", () => {
  const good = { VERSION: "1.3.0", CRS: "EPSG:3857", BBOX: "0,0,1,1" };

  it.each([
    [{ ...good, LAYERS: "moon" }, "LayerNotDefined", "The only layer"],
    [{ ...good, CRS: "EPSG:25832" }, "InvalidCRS", "is not supported"],
    [{ ...good, FORMAT: "image/gif" }, "InvalidFormat", "is not supported"],
    [{ ...good, BBOX: "1,1,0,0" }, "InvalidParameterValue", "least before greatest"],
    [{ ...good, BBOX: "0,0,1" }, "InvalidParameterValue", "four numbers"],
    [{ ...good, WIDTH: 99_999 }, "InvalidParameterValue", "from 1 to 2048"],
    [{ ...good, HEIGHT: "" }, "MissingParameterValue", "HEIGHT is missing"],
    [{ ...good, REQUEST: "GetCapabilities" }, "OperationNotSupported", "GetMap is"],
    [{ ...good, VERSION: "1.0.0" }, "InvalidParameterValue", "1.1.1 and 1.3.0 are"],
    [{ ...good, REQUEST: '<&">' }, "OperationNotSupported", "&lt;&amp;&quot;&gt;"],
  ])("answers %j with the code %s", async (parameters, code, sentence) => {
    const server = await startServer();
    const { status, headers, body } = await get(server, address(parameters));
    expect([status, headers["content-type"], headers["cache-control"]]).toEqual([200, "text/xml", "no-store"]);
    expect(body.toString()).toContain(`<ServiceException code="${code}">`);
    expect(body.toString()).toContain('version="1.3.0" xmlns="http://www.opengis.net/ogc"');
    expect(body.toString()).toContain(sentence);
    expect(server.stats.report().total).toMatchObject({ requests: 1, ok: 0, faulty: 1 });
  });

  it("has the older form in 1.1.1", async () => {
    const server = await startServer();
    const { headers, body } = await get(server, address({ VERSION: "1.1.1", SRS: "EPSG:1", BBOX: "0,0,1,1" }));
    expect(headers["content-type"]).toBe("application/vnd.ogc.se_xml");
    expect(body.toString()).toContain('<ServiceExceptionReport version="1.1.1"><ServiceException code="InvalidSRS">');
  });
});
