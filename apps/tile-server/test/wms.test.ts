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
