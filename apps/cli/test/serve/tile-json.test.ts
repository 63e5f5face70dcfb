import { describe, expect, it, vi } from "vitest";
import { getRequest, rawRequest } from "./raw-request.ts";
import { openStore, put, serve } from "./served.ts";

const MINUTE_MS = 60_000;

describe("TileJSON", () => {
  it("says what a map has to know", async () => {
    const store = await openStore();
    await put(store, "hiking", { z: 2, x: 1, y: 1 });
    await put(store, "hiking", { z: 4, x: 4, y: 5 });
    await put(store, "hiking", { z: 4, x: 5, y: 5 });
    const topo = { id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}.png", attribution: "© the makers" };
    const { url } = await serve(store, { sources: [topo] });
    const answer = await fetch(`${url}/hiking.json`);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await answer.json()).toEqual({
      tilejson: "2.2.0",
      name: "hiking",
      tiles: [`${url}/hiking/{z}/{x}/{y}`],
      scheme: "xyz",
      minzoom: 2,
      maxzoom: 4,
      bounds: [-90, expect.closeTo(40.9799, 4), -45, expect.closeTo(55.7766, 4)],
      attribution: "© the makers",
    });
    const etag = answer.headers.get("etag") ?? "";
    expect((await fetch(`${url}/hiking.json`, { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  it("names this server as the client does, but nothing that is no host", async () => {
    const store = await openStore();
    await put(store, "hiking");
    const { url } = await serve(store);
    const tilesFor = async (host: string) => {
      const answer = await rawRequest(url, getRequest("/hiking.json", { host }));
      return JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))).tiles[0];
    };
    expect(await tilesFor("Maps.local:8080")).toBe("http://maps.local:8080/hiking/{z}/{x}/{y}");
    expect(await tilesFor("[::1]:8080")).toBe("http://[::1]:8080/hiking/{z}/{x}/{y}");
    for (const host of ["", "a b", "evil.org/x?", "user@evil.org", '"><script>', "x:y", "-"]) {
      expect(await tilesFor(host), host).toBe(`${url}/hiking/{z}/{x}/{y}`);
    }
    const absolute = await rawRequest(url, getRequest("http://other:1234/hiking.json"));
    expect(absolute).toContain('"http://other:1234/hiking/{z}/{x}/{y}"');
  });

  it("is of https, and of another name, where a tunnel says so, but of nothing that is neither", async () => {
    const store = await openStore();
    await put(store, "hiking");
    const { url } = await serve(store);
    const tilesFor = async (headers: Record<string, string>) => {
      const answer = await fetch(`${url}/hiking.json`, { headers });
      expect(answer.headers.get("vary")).toBe("host, x-forwarded-host, x-forwarded-proto");
      return (await answer.json()).tiles[0].replace("/hiking/{z}/{x}/{y}", "");
    };
    const own = url.replace("http://", "");
    expect(await tilesFor({ "x-forwarded-proto": "https" })).toBe(`https://${own}`);
    expect(await tilesFor({ "x-forwarded-proto": "HTTPS, http" })).toBe(`https://${own}`);
    const tunnel = { "x-forwarded-proto": "https", "x-forwarded-host": "maps.example.org, localhost" };
    expect(await tilesFor(tunnel)).toBe("https://maps.example.org");
    for (const scheme of ["http", "javascript", "https://evil.org/", "http, https", ""]) {
      expect(await tilesFor({ "x-forwarded-proto": scheme }), scheme).toBe(url);
    }
    for (const host of ["evil.org/x?", "user@evil.org", '"><script>', "x:y", ", b.org", ""]) {
      expect(await tilesFor({ "x-forwarded-host": host }), host).toBe(url);
    }
    const page = await (await fetch(url, { headers: tunnel })).text();
    expect(page).toContain("<code>https://maps.example.org/hiking/{z}/{x}/{y}</code>");
  });

  it("follows the store, and does not look at its tiles again while it stays the same", async () => {
    const store = await openStore();
    await put(store, "hiking", { z: 5, x: 16, y: 10 });
    const scan = vi.fn(store.tiles.scan);
    const { url } = await serve({ ...store, tiles: { ...store.tiles, scan } as typeof store.tiles });
    const read = async () => (await fetch(`${url}/hiking/topo.json`)).json();
    const first = await read();
    expect(first).toMatchObject({ minzoom: 5, maxzoom: 5, bounds: [0, expect.anything(), 11.25, expect.anything()] });
    const scans = scan.mock.calls.length;
    expect(await read()).toEqual(first);
    expect(scan.mock.calls.length).toBe(scans);

    await put(store, "hiking", { z: 5, x: 17, y: 10 });
    await put(store, "hiking", { z: 6, x: 36, y: 20 });
    expect(await read()).toMatchObject({ maxzoom: 6, bounds: [0, expect.anything(), 28.125, expect.anything()] });
    await store.tiles.remove("hiking", [{ source: "topo", z: 6, x: 36, y: 20 }]);
    expect(await read()).toMatchObject({ maxzoom: 5, bounds: [0, expect.anything(), 22.5, expect.anything()] });
  });

  it("finds out in time that other tiles have taken the place of as many", async () => {
    const store = await openStore();
    await put(store, "hiking", { z: 5, x: 10, y: 10, bytes: new Uint8Array([1]) });
    const { url } = await serve(store);
    const read = async () => (await fetch(`${url}/hiking/topo.json`)).json();
    expect((await read()).maxzoom).toBe(5);
    await put(store, "hiking", { z: 9, x: 10, y: 10, bytes: new Uint8Array([1]) });
    await store.tiles.remove("hiking", [{ source: "topo", z: 5, x: 10, y: 10 }]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + MINUTE_MS });
    try {
      await vi.waitFor(async () => expect((await read()).maxzoom).toBe(9));
    } finally {
      vi.useRealTimers();
    }
  });

  it("comes without bounds while they are still being looked for", async () => {
    const store = await openStore();
    await put(store, "hiking", { z: 5, x: 16, y: 10 });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let scans = 0;
    const scan = async function* (options: Parameters<typeof store.tiles.scan>[0]) {
      scans += 1;
      // The first two find the zooms.
      if (scans > 2) await held;
      yield* store.tiles.scan(options);
    };
    const { url } = await serve({ ...store, tiles: { ...store.tiles, scan } as typeof store.tiles });
    const read = async () => (await fetch(`${url}/hiking/topo.json`)).json();
    const first = await read();
    expect(first).toMatchObject({ minzoom: 5, maxzoom: 5 });
    expect(first).not.toHaveProperty("bounds");
    release();
    await vi.waitFor(async () => expect(await read()).toHaveProperty("bounds"));
  });
});
