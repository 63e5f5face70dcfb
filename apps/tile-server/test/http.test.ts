import { Agent, request } from "undici";
import { describe, expect, it, onTestFinished } from "vitest";
import { isLoopback } from "../src/control/is-loopback.ts";
import { acceptsGzip } from "../src/http/accepts-gzip.ts";
import { get, startServer } from "./start-server.ts";

const TILE = "/xyz/3/4/2.png";

describe("a tile", () => {
  it("says what it is and how long it may be kept", async () => {
    const server = await startServer({ maxAgeSeconds: 600 });
    const { status, headers, body } = await get(server, TILE);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "content-length": `${body.length}`,
      "cache-control": "public, max-age=600",
      "last-modified": "Mon, 01 Jan 2024 12:00:00 GMT",
      etag: expect.stringMatching(/^"[\w-]{27}"$/),
    });
    expect((await get(server, "/xyz/3/4/2.webp")).headers["content-type"]).toBe("image/webp");
  });

  it("answers HEAD as GET, without the body", async () => {
    const server = await startServer();
    for (const path of [TILE, "/vector/3/4/2.pbf", "/style.json", "/xyz/3/9/2.png"]) {
      const full = await get(server, path);
      const head = await get(server, path, {}, "HEAD");
      // The client closes the connection after HEAD, as servers are known to send a body nevertheless.
      const { date: _, connection: __, "keep-alive": ___, ...headers } = full.headers;
      expect(head.status).toBe(full.status);
      expect(head.headers).toMatchObject(headers);
      expect(head.body.length).toBe(0);
    }
  });

  it("has the same ETag from another server, and another ETag than its neighbour", async () => {
    const [one, other] = [await startServer(), await startServer()];
    const { etag } = (await get(one, TILE)).headers;
    expect((await get(other, TILE)).headers.etag).toBe(etag);
    expect((await get(one, "/xyz/3/4/3.png")).headers.etag).not.toBe(etag);
  });

  it("is the same by TMS, where rows count from the south", async () => {
    const server = await startServer();
    const xyz = await get(server, "/xyz/512/3/4/2@2x.webp");
    expect((await get(server, "/tms/512/3/4/5@2x.webp")).body.equals(xyz.body)).toBe(true);
    expect((await get(server, "/tms/512/3/4/2@2x.webp")).body.equals(xyz.body)).toBe(false);
  });

  it("takes a key in its query for nothing, and a switch for what it is", async () => {
    const server = await startServer();
    const { body } = await get(server, TILE);
    expect((await get(server, `${TILE}?key=secret&v=2&size=512`)).body.equals(body)).toBe(true);
    expect((await get(server, `${TILE}?labels`)).body.equals(body)).toBe(false);
    expect((await get(server, `${TILE}?labels=0&graticule=false`)).body.equals(body)).toBe(true);
    const wrong = await get(server, `${TILE}?labels=maybe`);
    expect([wrong.status, wrong.body.toString()]).toEqual([
      400,
      'labels is "maybe": write labels=1 or leave it out.\n',
    ]);
  });
});

describe("a conditional request", () => {
  it.each([
    ["the ETag", (etag: string) => ({ "if-none-match": etag }), 304],
    ["the ETag, weak, among others", (etag: string) => ({ "if-none-match": `"x", W/${etag}` }), 304],
    ["any ETag", () => ({ "if-none-match": "*" }), 304],
    ["another ETag", () => ({ "if-none-match": '"x"' }), 200],
    ["the date", () => ({ "if-modified-since": "Mon, 01 Jan 2024 12:00:00 GMT" }), 304],
    ["a later date", () => ({ "if-modified-since": "Tue, 02 Jan 2024 12:00:00 GMT" }), 304],
    ["an earlier date", () => ({ "if-modified-since": "Sun, 31 Dec 2023 12:00:00 GMT" }), 200],
    ["no date", () => ({ "if-modified-since": "yesterday" }), 200],
    [
      "another ETag, and the date, which does not count then",
      () => ({ "if-none-match": '"x"', "if-modified-since": "Mon, 01 Jan 2024 12:00:00 GMT" }),
      200,
    ],
  ] as const)("with %s", async (_, headersOf, status) => {
    const server = await startServer();
    const first = await get(server, TILE);
    const answer = await get(server, TILE, headersOf(first.headers.etag ?? ""));
    expect(answer.status).toBe(status);
    expect(answer.headers.etag).toBe(first.headers.etag);
    expect(answer.body.length).toBe(status === 304 ? 0 : first.body.length);
    if (status === 304) expect(answer.headers["content-length"]).toBeUndefined();

    const [unconditional, conditional] = server.log.entries;
    expect(unconditional).toMatchObject({ ifNoneMatch: null, ifModifiedSince: null, status: 200 });
    expect(conditional?.ifNoneMatch ?? conditional?.ifModifiedSince).toEqual(expect.any(String));
    expect(conditional).toMatchObject({ status, bytes: answer.body.length, attempt: 2 });
    const { requests, conditional: conditionals, notModified } = server.stats.report().tiles[TILE] ?? {};
    expect([requests, conditionals, notModified]).toEqual([2, 1, status === 304 ? 1 : 0]);
  });
});

describe("what there is not", () => {
  it.each([
    [404, "/xyz/3/8/2.png", "columns and rows end at 7"],
    [404, "/xyz/3/-1/2.png", "no tile -1/2"],
    [404, "/xyz/23/0/0.png", "zoom 0 to 22"],
    [404, "/xyz/99999999999999999999/0/0.png", "zoom 0 to 22"],
    [404, "/tms/3/0/8.png", "no tile 0/8"],
    [404, "/vector/3/8/0.pbf", "no tile 8/0"],
    [404, "/nothing", "listed at /"],
    [404, "/constructor", "listed at /"],
    [404, "//xyz/3/4/2.png", "listed at /"],
    [404, "/../../../../etc/passwd", "listed at /"],
    [404, "/%2e%2e/%2e%2e/etc/passwd", "listed at /"],
    [400, "/xyz/256/3/4/2.png", "no tile's address"],
    [400, "/xyz/3/4.png", "no tile's address"],
    [400, "/xyz/3/4/2.jpg", "no tile's address"],
    [400, "/xyz/3/4/2@3x.png", "no tile's address"],
    [400, "/xyz/3/4/two.png", "no tile's address"],
    [400, "/xyz/3/4.5/2.png", "no tile's address"],
    [400, "/xyz/3/4/2.png%00", "no tile's address"],
    [400, "/xyz/3/04/2.png", "Write 4 instead of 04"],
    [400, "/vector/3/4/2.png", "no tile's address"],
    [400, "/%zz", "percent-encoding"],
    [400, "/%c3%28", "percent-encoding"],
    [400, "*", "has to be a path"],
    [400, "ftp://a.example/xyz/3/4/2.png", "has to be a path"],
    [400, "http:///xyz/3/4/2.png", "has to be a path"],
    [400, "http://user@a.example/xyz/3/4/2.png", "has to be a path"],
  ])("is %d: %s", async (status, path, sentence) => {
    const server = await startServer();
    const answer = await rawGet(server.port, path);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain(sentence);
    expect(answer).toContain("cache-control: no-store");
    expect(server.log.entries).toMatchObject([{ path, status, outcome: "ok", attempt: 0 }]);
    expect(server.stats.report()).toMatchObject({ others: 1, total: { requests: 0 } });
  });

  it("is 405 for other methods, with those there are", async () => {
    const server = await startServer();
    for (const [path, method, allow] of [
      [TILE, "POST", "GET, HEAD, OPTIONS"],
      ["/style.json", "DELETE", "GET, HEAD, OPTIONS"],
      ["/stats", "POST", "GET, DELETE, OPTIONS"],
      ["/control/outage", "GET", "POST, DELETE, OPTIONS"],
    ] as const) {
      const { status, headers } = await get(server, path, {}, method);
      expect([status, headers.allow]).toEqual([405, allow]);
    }
  });
});

describe("CORS", () => {
  it("is open to all pages, also those that send headers of their own", async () => {
    const server = await startServer();
    for (const path of [TILE, "/vector/3/4/2.pbf", "/style.json", "/nothing"]) {
      expect((await get(server, path)).headers["access-control-allow-origin"]).toBe("*");
    }
    const preflight = await get(server, TILE, { origin: "http://a.example" }, "OPTIONS");
    expect(preflight.status).toBe(204);
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith("content-"))).toEqual([]);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "*",
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
    });
    expect((await get(server, TILE)).headers["access-control-expose-headers"]).toContain("etag");
  });

  it("does not exist when it is strict", async () => {
    const server = await startServer({ cors: "strict" });
    for (const [path, method] of [
      [TILE, "GET"],
      [TILE, "OPTIONS"],
      ["/style.json", "GET"],
      ["/nothing", "GET"],
    ] as const) {
      const { headers } = await get(server, path, { origin: "http://a.example" }, method);
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });
});

describe("a target that is a whole address", () => {
  it("is as good as its path", async () => {
    const server = await startServer();
    const usual = await rawGet(server.port, TILE);
    const [, etag = "none"] = /etag: (.*)\r\n/.exec(usual) ?? [];
    for (const origin of ["http://x", "HTTP://a.example:8090", "https://[::1]:1"]) {
      const answer = await rawGet(server.port, `${origin}${TILE}?key=1`);
      expect(answer).toContain("HTTP/1.1 200 OK");
      expect(answer).toContain(`etag: ${etag}\r\n`);
    }
    for (const index of ["http://x", "http://x/", "http://x?a=/b"]) {
      expect(await rawGet(server.port, index)).toContain("The addresses of this tile server");
    }
    expect(await rawGet(server.port, "http://x/nothing")).toContain("HTTP/1.1 404 ");
    expect(server.stats.report().tiles[TILE]).toMatchObject({ requests: 4, ok: 4 });
    expect(server.log.entries.map(({ path }) => path)).toEqual([TILE, TILE, TILE, TILE, "/", "/", "/", "/nothing"]);
  });

  it("says whom it is for, in place of the header Host", async () => {
    const server = await startServer();
    expect(await rawGet(server.port, "http://a.example:5/xyz.json")).toContain(
      '"http://a.example:5/xyz/{z}/{x}/{y}.png',
    );
    expect(await rawGet(server.port, "http://localhost/control")).toContain("HTTP/1.1 200 OK");
    expect(await rawGet(server.port, "http://evil.example/control")).toContain("HTTP/1.1 403 ");
  });
});

it("keeps a connection for the next request", async () => {
  const server = await startServer();
  const agent = new Agent({ connections: 1 });
  onTestFinished(() => agent.close());
  for (let x = 0; x < 4; x++) {
    const { body } = await request(`${server.url}/xyz/3/${x}/0.png`, { dispatcher: agent });
    await body.dump();
  }
  expect(server.log.entries.map(({ connection }) => connection)).toEqual([1, 1, 1, 1]);
  expect(server.stats.report().connections).toBe(1);
});

it.each([
  ["gzip", true],
  ["br, GZIP", true],
  ["*", true],
  ["gzip;q=0.1", true],
  ["gzip;q=0", false],
  ["*;q=0", false],
  ["gzip;q=0, *", false],
  ["br", false],
  ["", false],
  [undefined, false],
])("reads Accept-Encoding: %s", (header, isAccepted) => {
  expect(acceptsGzip(header)).toBe(isAccepted);
});

it.each([
  ["127.0.0.1", true],
  ["127.8.9.1", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["192.168.1.5", false],
  ["::ffff:10.0.0.1", false],
  ["fe80::1", false],
  [undefined, false],
])("knows whether %s is this machine", (address, isThisMachine) => {
  expect(isLoopback(address)).toBe(isThisMachine);
});

/** Sends a target as it is, as clients tidy it up before they send it. */
async function rawGet(port: number, target: string): Promise<string> {
  const { connect } = await import("node:net");
  const socket = connect(port, "127.0.0.1");
  socket.end(`GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
  return (await socket.setEncoding("utf8").toArray()).join("");
}
