import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TileSource, TileStore } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { undiciTransport } from "@fmtc/transport-undici";
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { MapServerOptions } from "../../src/serve/start-map-server.ts";
import { startTileServer, type TileServer } from "../tile-server.ts";
import { databasePath, openStore, pngOf, put, STORED_AT, serve } from "./served.ts";

let tiles: TileServer;
beforeAll(async () => {
  tiles = await startTileServer("--max-age", "60");
});
afterAll(() => tiles.stop());
beforeEach(async () => {
  await tiles.set({});
  await tiles.forgetStats();
  return () => vi.useRealTimers();
});

function later(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

function sourceAt(url: string, more: Partial<TileSource> = {}): TileSource {
  return { id: "topo", url: `${url}/xyz/{z}/{x}/{y}.png?key={key}`, parameters: { key: "SECRET" }, ...more };
}

async function serveThrough(store: TileStore, source: TileSource, options: Partial<MapServerOptions> = {}) {
  const transport = undiciTransport({ appId: "fmtc-test/1.0" });
  onTestFinished(() => transport.close());
  return serve(store, { readThrough: { transport, sources: [source] }, ...options });
}

/** A store named hiking, empty, and a server of it that reads through to the tile server. */
async function throughTileServer(more: Partial<TileSource> = {}, options: Partial<MapServerOptions> = {}) {
  const store = await openStore();
  await store.stores.create("hiking");
  const { url } = await serveThrough(store, sourceAt(tiles.url, more), options);
  return { store, url };
}

async function statusAndText(url: string, init?: RequestInit): Promise<[number, string]> {
  const answer = await fetch(url, init);
  return [answer.status, await answer.text()];
}

describe("reading through", () => {
  it("asks the source's server for what is missing, once, and keeps it, not pinned", async () => {
    const { store, url } = await throughTileServer();
    const original = await (await fetch(`${tiles.url}/xyz/3/4/2.png`)).bytes();
    const answer = await fetch(`${url}/hiking/3/4/2.png`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(await answer.bytes()).toEqual(original);
    expect(await (await fetch(`${url}/hiking/topo/3/4/2.png`)).bytes()).toEqual(original);
    expect(await tiles.requests()).toBe(2);
    const kept = await store.tiles.read({ source: "topo", z: 3, x: 4, y: 2 }, { stores: ["hiking"] });
    expect(kept?.bytes).toEqual(original);
    expect(kept?.etag).toBe(answer.headers.get("etag"));
    expect(kept?.expiresAt).toBeGreaterThan(Date.now());
    expect(await store.stores.stats("hiking")).toMatchObject({ length: 1, pinnedLength: 0 });
  });

  it("asks once for a tile that many want at once, in several stores", async () => {
    await tiles.set({ latency: { ms: 200 } });
    const { store, url } = await throughTileServer();
    await store.stores.create("cycling");
    const wanted = Array.from({ length: 12 }, (_, i) => fetch(`${url}/${i % 2 === 0 ? "hiking" : "cycling"}/3/4/2`));
    const answers = await Promise.all(wanted);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await tiles.requests()).toBe(1);
    for (const name of ["hiking", "cycling"]) expect((await store.stores.stats(name)).length).toBe(1);
  });

  it("takes a tile that another store of the file has", async () => {
    const { store, url } = await throughTileServer();
    await put(store, "cycling", { z: 3, x: 4, y: 2 });
    expect(await (await fetch(`${url}/hiking/3/4/2`)).bytes()).toEqual(pngOf("topo 3/4/2"));
    expect(await tiles.requests()).toBe(0);
    expect((await store.stores.stats("hiking")).length).toBe(1);
    const kept = await store.tiles.read({ source: "topo", z: 3, x: 4, y: 2 });
    expect(kept?.storedAt).toBe(STORED_AT);
  });

  it("asks of a stale tile only whether it has changed", async () => {
    const { store, url } = await throughTileServer();
    const first = await (await fetch(`${url}/hiking/3/4/2`)).bytes();
    later(61_000);
    const answer = await fetch(`${url}/hiking/3/4/2`);
    expect(await answer.bytes()).toEqual(first);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=60");
    expect((await tiles.stats()).total).toMatchObject({ requests: 2, conditional: 1, notModified: 1 });
    const kept = await store.tiles.read({ source: "topo", z: 3, x: 4, y: 2 });
    expect(kept?.storedAt).toBe(Date.now());
    await tiles.set({ map: { version: 2 } });
    later(61_000);
    expect(await (await fetch(`${url}/hiking/3/4/2`)).bytes()).not.toEqual(first);
  });

  it("does not ask again before the source's policy allows it", async () => {
    const policy = { bulk: "refused", minCacheMs: 3_600_000 } as const;
    const { url } = await throughTileServer({ policy });
    await fetch(`${url}/hiking/3/4/2`);
    later(3_000_000);
    await fetch(`${url}/hiking/3/4/2`);
    expect(await tiles.requests()).toBe(1);
  });

  it("believes for a minute that there is no such tile", async () => {
    await tiles.set({ errors: { 404: 1 } });
    const { url } = await throughTileServer();
    const gone = [404, "The server of topo has no such tile.\n"];
    expect(await statusAndText(`${url}/hiking/3/4/2`)).toEqual(gone);
    expect(await statusAndText(`${url}/hiking/3/4/2`)).toEqual(gone);
    expect(await tiles.requests()).toBe(1);
    await tiles.set({});
    later(61_000);
    expect((await fetch(`${url}/hiking/3/4/2`)).status).toBe(200);
  });

  it.each([
    [{ errors: { 204: 1 } }, 204, /^$/],
    [{ errors: { 403: 1 } }, 502, /^The server of topo refuses the tile, with status 403\.\n$/],
    [{ errors: { 500: 1 } }, 502, /^The server of topo cannot give the tile now: status 500\.\n$/],
    [{ html: 1 }, 502, /^What the server of topo has sent is no tile\. .+\.\n$/],
    [{ truncated: 1 }, 502, /^The server of topo cannot be asked\. .+\.\n$/],
    [{ resets: 1 }, 502, /^The server of topo cannot be asked\. .+\.\n$/],
  ])("of a server with %o answers %i, and keeps nothing", async (faults, status, text) => {
    await tiles.set(faults);
    const { store, url } = await throughTileServer();
    const answer = await statusAndText(`${url}/hiking/3/4/2`);
    expect(answer).toEqual([status, expect.stringMatching(text)]);
    expect(answer[1]).not.toContain("SECRET");
    expect((await store.stores.stats("hiking")).length).toBe(0);
  });

  it("gives the stale tile if nothing better can be had", async () => {
    const { store, url } = await throughTileServer();
    await put(store, "hiking", { z: 3, x: 4, y: 2, expiresAt: STORED_AT + 1 });
    for (const faults of [{ errors: { 500: 1 } }, { errors: { 404: 1 } }, { html: 1 }, { offline: true }]) {
      await tiles.set(faults);
      later(100_000);
      const answer = await fetch(`${url}/hiking/3/4/2`);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-cache"]);
      expect(await answer.bytes()).toEqual(pngOf("topo 3/4/2"));
    }
  });

  it("leaves a server alone for a while that cannot be reached", async () => {
    const { url } = await throughTileServer();
    await tiles.set({ offline: true });
    const answer = await fetch(`${url}/hiking/3/4/2`);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([504, "5"]);
    expect(await answer.text()).toMatch(/^The server of topo cannot be asked\. .*ECONNREFUSED.*\.\n$/);
    await tiles.set({});
    expect((await fetch(`${url}/hiking/3/4/3`)).status).toBe(504);
    expect(await tiles.requests()).toBe(0);
    later(5_000);
    expect((await fetch(`${url}/hiking/3/4/3`)).status).toBe(200);
  });

  it("leaves a server alone for as long as it asks for", async () => {
    const { url } = await throughTileServer();
    await tiles.set({ rateLimit: { perSecond: 0.01, burst: 1, retryAfterSeconds: 90 } });
    expect((await fetch(`${url}/hiking/3/4/2`)).status).toBe(200);
    const answer = await fetch(`${url}/hiking/3/4/3`);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "90"]);
    expect((await fetch(`${url}/hiking/3/4/4`)).status).toBe(503);
    expect(await tiles.requests()).toBe(2);
    expect((await fetch(`${url}/hiking/3/4/2`)).status).toBe(200);
  });

  it("asks for no more than the source has", async () => {
    const { url } = await throughTileServer({ minZoom: 2, maxZoom: 5 });
    for (const path of ["/hiking/1/0/0", "/hiking/6/0/0", "/hiking/topo/6/0/0", "/hiking/aerial/3/0/0"]) {
      expect((await fetch(url + path)).status).toBe(404);
    }
    expect(await tiles.requests()).toBe(0);
    const document = await (await fetch(`${url}/hiking.json`)).json();
    expect(document).toMatchObject({ minzoom: 2, maxzoom: 5 });
    expect(document).not.toHaveProperty("bounds");
  });

  it("leaves the short address to the source that had it, also when both are there", async () => {
    const { store, url } = await throughTileServer();
    await put(store, "hiking", { source: "aerial" });
    for (const tile of ["/3/4/2", "/3/4/3"]) {
      expect(await (await fetch(`${url}/hiking/0/0/0`)).bytes()).toEqual(pngOf("aerial 0/0/0"));
      expect((await (await fetch(`${url}/hiking.json`)).json()).tiles).toEqual([`${url}/hiking/{z}/{x}/{y}`]);
      expect((await fetch(`${url}/hiking/topo${tile}`)).status).toBe(200);
      // The list of sources may be a second old.
      later(2_000);
    }
    expect(await tiles.requests()).toBe(2);
    const page = await (await fetch(url)).text();
    expect(page).toContain(`${url}/hiking/{z}/{x}/{y}`);
    expect(page).toContain(`${url}/hiking/topo/{z}/{x}/{y}`);
    await put(store, "hiking", { source: "hills" });
    later(2_000);
    expect((await fetch(`${url}/hiking/0/0/0`)).status).toBe(404);
  });

  it("shows a tile that cannot be kept, and reports why", async () => {
    const store = await openSqliteStore(await databasePath(), { maxFileBytes: 200_000 });
    onTestFinished(() => store.close());
    await store.stores.create("hiking");
    const report = vi.fn();
    const { url } = await serveThrough(store, sourceAt(tiles.url), { report });
    for (let x = 0; x < 16; x++) {
      for (let y = 4; y < 8; y++) expect((await fetch(`${url}/hiking/4/${x}/${y}`)).status).toBe(200);
    }
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: "STORE_FULL" }));
  });

  it("keeps to the limits of a store", async () => {
    const { store, url } = await throughTileServer();
    await store.stores.setLimits("hiking", { maxLength: 50 });
    for (let x = 0; x < 10; x++) {
      await Promise.all(Array.from({ length: 12 }, async (_, y) => (await fetch(`${url}/hiking/9/${x}/${y}`)).bytes()));
    }
    expect((await store.stores.stats("hiking")).length).toBeLessThan(100);
  });
});

/** A server that answers when it is told to. */
async function startPatientServer() {
  const waiting: ServerResponse[] = [];
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    waiting.push(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    waiting,
    answerOne: () => waiting.shift()?.writeHead(200, { "content-type": "image/png" }).end(pngOf("a tile")),
  };
}

describe("requests to the source's server", () => {
  it.each([
    [undefined, 6],
    [{ bulk: "allowed", connections: 2 } as const, 2],
  ])("with a policy of %o are at most %i at a time", async (policy, most) => {
    const patient = await startPatientServer();
    const store = await openStore();
    await store.stores.create("hiking");
    const { url } = await serveThrough(store, sourceAt(patient.url, { policy }));
    const answers = Array.from({ length: 10 }, (_, x) => fetch(`${url}/hiking/5/${x}/0`));
    for (let answered = 0; answered < 10; answered++) {
      await vi.waitFor(() => expect(patient.asked.length).toBe(Math.min(10, answered + most)));
      patient.answerOne();
    }
    for (const answer of answers) expect((await answer).status).toBe(200);
    expect(patient.asked.length).toBe(10);
  });

  it("do not go out for clients that have left; those that have gone out are kept", async () => {
    const patient = await startPatientServer();
    const store = await openStore();
    await store.stores.create("hiking");
    const source = sourceAt(patient.url, { policy: { bulk: "allowed", connections: 1 } });
    const read = vi.fn(store.tiles.read);
    const { url } = await serveThrough({ ...store, tiles: { ...store.tiles, read } }, source);
    const leaving = new AbortController();
    const ask = (x: number, init?: RequestInit) => fetch(`${url}/hiking/5/${x}/0`, init);
    const left = [ask(0, { signal: leaving.signal })];
    await vi.waitFor(() => expect(patient.asked.length).toBe(1));
    left.push(ask(1, { signal: leaving.signal }), ask(2, { signal: leaving.signal }));
    const stays = ask(2);
    // Each looks into its store, and then into the others.
    await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(8));
    leaving.abort();
    await Promise.allSettled(left);
    // It answers here after it has heard who has left.
    await fetch(url);
    patient.answerOne();
    await vi.waitFor(() => expect(patient.asked.length).toBe(2));
    patient.answerOne();
    expect((await stays).status).toBe(200);
    expect(patient.asked).toEqual([0, 2].map((x) => `/xyz/5/${x}/0.png?key=SECRET`));
    expect((await store.stores.stats("hiking")).length).toBe(2);
  });

  it("do not hold up the end of the server", async () => {
    const patient = await startPatientServer();
    const store = await openStore();
    await store.stores.create("hiking");
    const { url, close } = await serveThrough(store, sourceAt(patient.url));
    const answers = Array.from({ length: 8 }, (_, x) => statusAndText(`${url}/hiking/5/${x}/0`));
    await vi.waitFor(() => expect(patient.asked.length).toBe(6));
    await close();
    for (const answer of answers) expect(await answer).toEqual([503, "This server is being closed.\n"]);
  });
});

/** What Chromium 156 sends to an address of the network for a page of another site with `<meta name=referrer content=no-referrer>`. */
const CHROMIUM = {
  host: "192.168.1.7:8080",
  connection: "keep-alive",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
  "accept-encoding": "gzip, deflate",
  "accept-language": "en-US,en;q=0.9",
};
const BROWSERS_THAT_DO_NOT_TELL = [
  { ...CHROMIUM, accept: "image/jxl,image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8" },
  // By fetch with mode "no-cors".
  { ...CHROMIUM, accept: "*/*" },
  { ...CHROMIUM, "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0" },
];

describe("who may have the source's server asked", () => {
  const tile = "/hiking/3/4/2";
  const refused = [404, "This tile is not here, and only programs, and pages on this machine, can have it fetched.\n"];

  let column = 0;

  /** The status of a tile that nobody has asked for, and how many requests it has led to. */
  async function statusFor(url: string, headers: Record<string, string>): Promise<[number, number]> {
    column += 1;
    const before = await tiles.requests();
    const { statusCode, body } = await request(`${url}/hiking/9/${column}/170`, { headers });
    await body.dump();
    return [statusCode, (await tiles.requests()) - before];
  }

  it("not pages of other sites, nor those that have pointed a name here", async () => {
    const { store, url } = await throughTileServer();
    for (const headers of [
      { origin: "https://example.org" },
      { referer: "https://example.org/map.html" },
      { "sec-fetch-site": "cross-site" },
      { origin: "null" },
      { origin: "http://localhost.example.org" },
      { origin: "http://127.0.0.1.example.org" },
      { host: "example.org:8080" },
      { host: "example.org", origin: "http://example.org" },
      { host: "example.org", "sec-fetch-site": "same-origin" },
      ...BROWSERS_THAT_DO_NOT_TELL,
    ]) {
      expect(await statusFor(url, headers), JSON.stringify(headers)).toEqual([404, 0]);
    }
    const foreign = { headers: { origin: "https://example.org" } };
    expect(await statusAndText(url + tile, foreign)).toEqual(refused);
    await put(store, "hiking", { z: 3, x: 4, y: 2, expiresAt: STORED_AT + 1 });
    expect((await fetch(url + tile, foreign)).status).toBe(200);
    expect(await tiles.requests()).toBe(0);
  });

  it("programs, pages on this machine or of this server, and those who are named", async () => {
    const origins = ["https://maps.example.org"];
    const transport = undiciTransport({ appId: "fmtc-test/1.0" });
    onTestFinished(() => transport.close());
    const { url } = await throughTileServer(
      {},
      {
        readThrough: { transport, sources: [sourceAt(tiles.url)], origins },
      },
    );
    for (const headers of [
      {},
      { host: "localhost:8080" },
      { origin: "http://localhost:5173", "sec-fetch-site": "cross-site" },
      { origin: "http://127.0.0.1:5173" },
      { origin: "http://[::1]:5173" },
      { referer: "http://app.localhost/map", "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "none" },
      { host: "192.168.1.7:8080", referer: "http://192.168.1.7:3000/" },
      { host: "[fe80::1]:8080", "sec-fetch-site": "same-origin" },
      { origin: "https://maps.example.org" },
      { host: "192.168.1.7:8080", "user-agent": "Mozilla/5.0 QGIS/34000/Debian", accept: "*/*" },
      { host: "192.168.1.7:8080", referer: "http://192.168.1.7:3000/", "user-agent": CHROMIUM["user-agent"] },
    ]) {
      expect(await statusFor(url, headers), JSON.stringify(headers)).toEqual([200, 1]);
    }
  });
});
