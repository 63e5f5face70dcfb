import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { getRequest, rawRequest } from "./raw-request.ts";
import { openStore, pngOf, put, STORED_AT, serve } from "./served.ts";

const HOUR_MS = 3_600_000;

async function serveTile(details: Parameters<typeof put>[2] = {}) {
  const store = await openStore();
  await put(store, "hiking", details);
  const { url } = await serve(store);
  return { store, url, tile: `${url}/hiking/0/0/0` };
}

describe("a tile over HTTP", () => {
  it("comes with what is known of it", async () => {
    const { tile } = await serveTile({
      etag: '"v1"',
      lastModified: "Mon, 01 Jan 2024 00:00:00 GMT",
      contentType: "image/png",
      expiresAt: Date.now() + HOUR_MS,
    });
    const answer = await fetch(tile);
    expect(answer.status).toBe(200);
    expect(await answer.bytes()).toEqual(pngOf("topo 0/0/0"));
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "content-length": `${pngOf("topo 0/0/0").length}`,
      etag: '"v1"',
      "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    });
    expect(headers["cache-control"]).toMatch(/^public, max-age=(3600|35\d\d)$/);
  });

  it("of which nothing is known gets a type, a tag and a date of its own", async () => {
    const { tile, store } = await serveTile();
    const first = await fetch(tile);
    expect(first.headers.get("content-type")).toBe("image/png");
    expect(first.headers.get("last-modified")).toBe(new Date(STORED_AT).toUTCString());
    expect(first.headers.get("cache-control")).toBe("public, max-age=60");
    const etag = first.headers.get("etag");
    expect(etag).toMatch(/^"[\w-]+"$/);
    await put(store, "hiking", { bytes: pngOf("other bytes") });
    expect((await fetch(tile)).headers.get("etag")).not.toBe(etag);
  });

  it("that is stale has to be asked for again", async () => {
    const { tile } = await serveTile({ expiresAt: Date.now() - HOUR_MS });
    expect((await fetch(tile)).headers.get("cache-control")).toBe("no-cache");
  });

  it("is not sent again to whom has it", async () => {
    const { tile } = await serveTile({ etag: 'W/"v1"', lastModified: "Mon, 01 Jan 2024 00:00:00 GMT" });
    const statusFor = async (headers: Record<string, string>) => {
      const answer = await fetch(tile, { headers });
      return [answer.status, (await answer.bytes()).length > 0];
    };
    expect(await statusFor({ "if-none-match": '"v1"' })).toEqual([304, false]);
    expect(await statusFor({ "if-none-match": '"v0", W/"v1"' })).toEqual([304, false]);
    expect(await statusFor({ "if-none-match": "*" })).toEqual([304, false]);
    expect(await statusFor({ "if-none-match": '"v2"' })).toEqual([200, true]);
    expect(await statusFor({ "if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT" })).toEqual([304, false]);
    expect(await statusFor({ "if-modified-since": "Sun, 31 Dec 2023 23:59:59 GMT" })).toEqual([200, true]);
    expect(await statusFor({ "if-modified-since": "yesterday" })).toEqual([200, true]);
    const both = { "if-none-match": '"v2"', "if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT" };
    expect(await statusFor(both)).toEqual([200, true]);
    const headers = new Headers((await fetch(tile, { headers: { "if-none-match": '"v1"' } })).headers);
    expect(headers.get("etag")).toBe('W/"v1"');
    expect(headers.get("access-control-allow-origin")).toBe("*");
  });

  it("with headers that cannot be sent gets others", async () => {
    const { tile } = await serveTile({ etag: "no tag", contentType: "image/png\r\nx: y", lastModified: "nonsense" });
    const answer = await fetch(tile);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("etag")).toMatch(/^"[\w-]{10,}"$/);
    expect(answer.headers.get("x")).toBeNull();
    expect(answer.headers.get("last-modified")).toBe(new Date(STORED_AT).toUTCString());
  });

  it("of a document type can do nothing as a page of its own", async () => {
    const bytes = new Uint8Array(gzipSync("<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>"));
    const { tile } = await serveTile({ contentType: "application/xhtml+xml", bytes });
    expect((await fetch(tile)).headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  });

  it("that is kept compressed is unpacked by the client, or for it", async () => {
    const layers = new Uint8Array([0x1a, 3, 1, 2, 3]);
    const contentType = "application/vnd.mapbox-vector-tile";
    const { tile } = await serveTile({ contentType, bytes: new Uint8Array(gzipSync(layers)), etag: '"v1"' });
    const packed = await fetch(tile, { headers: { "accept-encoding": "br, gzip" } });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(packed.headers.get("content-type")).toBe(contentType);
    expect(packed.headers.get("vary")).toBe("accept-encoding");
    expect(packed.headers.get("etag")).toBe('"v1"');
    expect(await packed.bytes()).toEqual(layers);
    const raw = await rawRequest(tile, getRequest("/hiking/0/0/0.pbf", { host: "x", "accept-encoding": "gzip" }));
    const body = Buffer.from(raw.slice(raw.indexOf("\r\n\r\n") + 4), "latin1");
    expect(new Uint8Array(gunzipSync(body))).toEqual(layers);

    for (const accepts of ["identity", "gzip;q=0, *"]) {
      const plain = await fetch(tile, { headers: { "accept-encoding": accepts } });
      expect(plain.headers.get("content-encoding")).toBeNull();
      expect(plain.headers.get("etag")).toBe('W/"v1"');
      expect(plain.headers.get("content-length")).toBe("5");
      expect(await plain.bytes()).toEqual(layers);
    }
  });

  it("that is damaged inside is a sentence to whom it has to be unpacked for", async () => {
    const { tile } = await serveTile({ bytes: new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2]) });
    const answer = await fetch(tile, { headers: { "accept-encoding": "identity" } });
    expect([answer.status, await answer.text()]).toEqual([500, "This tile is damaged: it cannot be unpacked.\n"]);
  });
});

describe("a tile that is a bomb", () => {
  it("is not unpacked", async () => {
    const { tile } = await serveTile({ bytes: new Uint8Array(gzipSync(Buffer.alloc(100_000_001))) });
    const answer = await fetch(tile, { headers: { "accept-encoding": "identity" } });
    expect([answer.status, await answer.text()]).toEqual([500, "This tile is damaged: it cannot be unpacked.\n"]);
  });
});

describe("methods", () => {
  it("HEAD is GET without the body", async () => {
    const { tile, url } = await serveTile();
    for (const address of [tile, `${url}/hiking.json`, url, `${url}/hiking/9/9/9`, `${url}/nothing`]) {
      const [headed, got] = [await fetch(address, { method: "HEAD" }), await fetch(address)];
      // What concerns the connection is fetch's own choice.
      const headersOf = ({ headers }: Response) =>
        Object.fromEntries([...headers].filter(([name]) => !["date", "connection", "keep-alive"].includes(name)));
      expect(headed.status).toBe(got.status);
      expect(headersOf(headed)).toEqual(headersOf(got));
      expect(await headed.bytes()).toHaveLength(0);
    }
  });

  it("OPTIONS allows pages to read, from the internet too", async () => {
    const { tile } = await serveTile();
    const answer = await fetch(tile, {
      method: "OPTIONS",
      headers: {
        origin: "https://example.org",
        "access-control-request-method": "GET",
        "access-control-request-headers": "x-mine",
        "access-control-request-private-network": "true",
      },
    });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      allow: "GET, HEAD, OPTIONS",
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
      "access-control-allow-headers": "*",
      "access-control-allow-private-network": "true",
    });
  });

  it.each(["POST", "PUT", "DELETE", "PATCH"])("%s is refused, body and all", async (method) => {
    const { tile } = await serveTile();
    const answer = await fetch(tile, { method, body: method === "DELETE" ? null : "x".repeat(200_000) });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(await answer.text()).toBe(`${method} is not possible here: GET, HEAD, OPTIONS.\n`);
    expect((await fetch(tile)).status).toBe(200);
  });
});

describe("requests that Node answers by itself, or not at all", () => {
  const sentence = (status: number, text: string) =>
    new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*access-control-allow-origin: \\*[\\s\\S]*\\r\\n\\r\\n${text}\\n$`, "i");

  it("get a sentence, too", async () => {
    const { url } = await serveTile();
    const raw = (request: string) => rawRequest(url, `${request}\r\nConnection: close\r\n\r\n`);
    const noHost = sentence(400, "The request does not say which host it is for\\.");
    expect(await raw("GET /hiking/0/0/0 HTTP/1.1")).toMatch(noHost);
    expect(await raw("GET /hiking/0/0/0 HTTP/1.0")).toMatch(/^HTTP\/1\.1 200 /);
    const connected = await raw("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443");
    expect(connected).toMatch(sentence(405, "CONNECT is not possible here: GET, HEAD, OPTIONS\\."));
    expect(connected).toContain("allow: GET, HEAD, OPTIONS\r\n");
    expect(await rawRequest(url, "\0\0\0 nonsense\r\n\r\n")).toMatch(sentence(400, "This is no HTTP request\\."));
  });
});

describe("connections", () => {
  it("are kept", async () => {
    const { tile } = await serveTile();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let i = 0; i < 3; i++) {
      const [answer] = (await once(get(tile, { agent }), "response")) as [IncomingMessage];
      ports.add(answer.socket.localPort);
      await once(answer.resume(), "end");
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  it("of clients that send nonsense, do not read, or leave, do no harm to others", async () => {
    const { tile, url } = await serveTile({ bytes: pngOf("x".repeat(5_000_000)) });
    expect(await rawRequest(url, "\0\0\0 nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
    expect(await rawRequest(url, "GET /hiking/0/0/0 HTTP/1.1\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
    const { port, hostname } = new URL(url);
    const slow = Array.from({ length: 20 }, () => {
      const socket = connect(Number(port), hostname);
      socket.pause();
      socket.write(getRequest("/hiking/0/0/0").repeat(3));
      return socket;
    });
    for (let i = 0; i < 20; i++) {
      const leaver = connect(Number(port), hostname);
      leaver.write(getRequest("/hiking/0/0/0"));
      await once(leaver, "connect");
      leaver.resetAndDestroy();
    }
    expect((await (await fetch(tile)).bytes()).length).toBe(5_000_008);
    for (const socket of slow) socket.destroy();
  });

  async function slowClient() {
    const store = await openStore();
    await put(store, "hiking", { bytes: pngOf("x".repeat(20_000_000)) });
    const { url, close } = await serve(store);
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(getRequest("/hiking/0/0/0"));
    await once(socket, "readable");
    return { url, close, socket };
  }

  it("that are slow get their answer when the server ends", async () => {
    const { close, socket } = await slowClient();
    const ended = close();
    let length = 0;
    for await (const part of socket) length += part.length;
    expect(length).toBeGreaterThan(20_000_008);
    await ended;
  });

  it("on which nothing moves are ended", async () => {
    const { url } = await serve(await openStore(), { idleMs: 50 });
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname).resume();
    await once(socket, "close");
    expect(socket.bytesRead).toBe(0);
  });

  it("that do not move do not hold up the end of the server", async () => {
    const { url, close, socket } = await slowClient();
    const ended = close();
    expect(close()).toBe(ended);
    await ended;
    await expect(fetch(url)).rejects.toThrow();
    socket.destroy();
  });
});

describe("a store that fails", () => {
  it("is told of here, and not to who asks", async () => {
    const store = await openStore();
    await put(store, "hiking");
    const failure = new Error("The file /home/me/tiles.db cannot be read.");
    const read = () => Promise.reject(failure);
    const report = vi.fn();
    const { url } = await serve({ ...store, tiles: { ...store.tiles, read } }, { report });
    const answer = await fetch(`${url}/hiking/topo/0/0/0`);
    const text = "Something has gone wrong here, and the terminal of this server shows what.\n";
    expect([answer.status, await answer.text()]).toEqual([500, text]);
    expect(report.mock.calls).toEqual([[failure]]);
    expect((await fetch(`${url}/hiking.json`)).status).toBe(200);
  });

  it("is a 404 if it goes while it is asked for", async () => {
    const store = await openStore();
    await put(store, "hiking");
    const has = async (name: string) => {
      const isThere = await store.stores.has(name);
      await store.stores.delete(name);
      return isThere;
    };
    const { url } = await serve({ ...store, stores: { ...store.stores, has } });
    expect((await fetch(`${url}/hiking.json`)).status).toBe(404);
  });
});
