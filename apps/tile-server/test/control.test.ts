import { request } from "undici";
import { describe, expect, it } from "vitest";
import { NO_FAULTS } from "../src/faults/faults.ts";
import { control, get, startServer } from "./start-server.ts";

describe("/control", () => {
  it("shows the faults, changes some, replaces all, and returns to the first ones", async () => {
    const server = await startServer({ faults: { seed: 9, errors: { 500: 0.5 } } });
    const initial = { ...NO_FAULTS, seed: 9, errors: { 500: 0.5 } };
    expect(await control(server, "GET")).toEqual({ status: 200, json: initial });
    expect((await control(server, "PATCH", { latency: { ms: 3 } })).json).toEqual({ ...initial, latency: { ms: 3 } });
    expect((await control(server, "PUT", { resets: 1 })).json).toEqual({ ...NO_FAULTS, resets: 1 });
    expect((await control(server, "DELETE")).json).toEqual(initial);
    expect(server.faults.current).toEqual(initial);
  });

  it.each([
    [{ speed: 1 }, 'faults has no "speed": there is seed, latency, errors,'],
    [{ seed: 1.5 }, "faults.seed is 1.5: give a whole number from 0 to 4294967295."],
    [{ latency: 5 }, "faults.latency is 5: give an object."],
    [{ latency: { ms: -1 } }, "faults.latency.ms is -1: give a number from 0 to 600000."],
    [{ latency: {} }, "faults.latency is {}: give { ms }, { minMs, maxMs } or { medianMs, sigma }."],
    [{ latency: { minMs: 9, maxMs: 3 } }, "faults.latency.minMs is 9, more than maxMs, 3: swap them."],
    [{ latency: { medianMs: 9 } }, "faults.latency.sigma is missing: give a number from 0 to 5."],
    [{ latency: { ms: 1, sigma: 2 } }, 'faults.latency has no "sigma"'],
    [{ errors: { 200: 1 } }, 'faults.errors has the status "200": give 204, or one from 400 to 599.'],
    [{ errors: { 500: 2 } }, "faults.errors.500 is 2: give a number from 0 to 1."],
    [{ errors: [] }, "faults.errors is []: give an object."],
    [{ resets: "often" }, 'faults.resets is "often": give a number from 0 to 1.'],
    [{ resets: 0.6, html: 0.6 }, "add up to 1.2: more than all requests cannot fail."],
    [{ drip: {} }, "faults.drip.bytesPerSecond is missing: give a number from 1 to 1000000000."],
    [{ rateLimit: { burst: 2 } }, "faults.rateLimit.perSecond is missing"],
    [{ rateLimit: { perSecond: 2, retryAfterAs: "now" } }, 'is "now": give "seconds" or "date".'],
    [{ offline: 1 }, "faults.offline is 1: give true or false."],
    [{ map: { version: 0 } }, "faults.map.version is 0: give a whole number from 1 to 1000."],
    [{ planned: { "xyz/0/0/0.png": [] } }, 'write it as "/xyz/0/0/0.png".'],
    [{ planned: { "/a": "500" } }, 'faults.planned["/a"] has to be a list of outcomes.'],
    [{ planned: { "/a": ["boom"] } }, 'has the outcome "boom": give a status, or one of ok, reset,'],
    [[], "faults is []: give an object."],
  ])("refuses %j with a sentence, and changes nothing", async (body, sentence) => {
    const server = await startServer();
    for (const method of ["PUT", "PATCH"]) {
      const { status, json } = await control(server, method, body);
      expect(status).toBe(400);
      expect(json.error).toContain(sentence);
    }
    expect(server.faults.current).toEqual(NO_FAULTS);
  });

  it("refuses what is not JSON", async () => {
    const { url } = await startServer();
    const { statusCode, body } = await request(`${url}/control`, { method: "PUT", body: "{oops" });
    expect([statusCode, await body.json()]).toEqual([400, { error: "The body is not JSON." }]);
    const huge = await request(`${url}/control`, { method: "PUT", body: " ".repeat(5_000_000) });
    expect(await huge.body.json()).toMatchObject({ error: expect.stringContaining("longer than 4194304 bytes") });
  });

  it("refuses an outage without an end", async () => {
    const server = await startServer();
    const { status, json } = await control(server, "POST", { durationMs: 1e9 }, "/control/outage");
    expect([status, json.error]).toEqual([400, "outage.durationMs is 1000000000: give a number from 1 to 3600000."]);
  });
});

describe("/stats", () => {
  it("counts requests per tile, and nothing that was not fetched", async () => {
    const server = await startServer();
    const first = await get(server, "/xyz/3/4/2.png");
    await get(server, "/xyz/3/4/2.png?key=secret", { "if-none-match": first.headers.etag ?? "" });
    await get(server, "/tms/3/4/2.png");
    await get(server, "/style.json");
    await get(server, "/xyz/3/9/2.png");
    const { json } = await control(server, "GET", undefined, "/stats");
    expect(json).toMatchObject({
      total: { requests: 3, conditional: 1, ok: 2, notModified: 1, faulty: 0 },
      others: 2,
      uncounted: 0,
    });
    expect(Object.keys(json.tiles ?? {})).toEqual(["/xyz/3/4/2.png", "/tms/3/4/2.png"]);
    expect(json.tiles?.["/xyz/3/4/2.png"]).toEqual({
      requests: 2,
      conditional: 1,
      ok: 1,
      notModified: 1,
      faulty: 0,
      gone: 0,
      bytes: first.body.length,
    });
  });

  it("begins anew", async () => {
    const server = await startServer();
    await get(server, "/xyz/3/4/2.png");
    const { json } = await control(server, "DELETE", undefined, "/stats");
    expect(json).toMatchObject({ total: { requests: 0 }, tiles: {} });
    await get(server, "/xyz/3/4/2.png");
    expect((await control(server, "GET", undefined, "/stats")).json.total?.requests).toBe(1);
  });
});

describe("/log", () => {
  it("has each request, and is emptied", async () => {
    const server = await startServer();
    await get(server, "/xyz/3/4/2.png?key=secret");
    await get(server, "/vector/3/4/2.pbf", {}, "HEAD");
    const style = await get(server, "/style.json?key=secret");
    await get(server, "/xyz/3/9/2.png", { "if-none-match": '"x"' });
    await get(server, "/xyz/3/4/2.png", {}, "POST");
    const { json } = await control(server, "GET", undefined, "/log");
    expect(json).toMatchObject([
      { number: 1, method: "GET", path: "/xyz/3/4/2.png", attempt: 1, outcome: "ok", status: 200 },
      { number: 2, method: "HEAD", path: "/vector/3/4/2.pbf", bytes: 0 },
      { number: 3, path: "/style.json", attempt: 0, outcome: "ok", status: 200, bytes: style.body.length },
      { number: 4, path: "/xyz/3/9/2.png", status: 404, ifNoneMatch: '"x"' },
      { number: 5, method: "POST", path: "/xyz/3/4/2.png", attempt: 0, status: 405 },
    ]);
    expect(JSON.stringify(json)).not.toContain("secret");
    expect((await control(server, "DELETE", undefined, "/log")).json).toEqual([]);
  });

  it("is only there when it was asked for", async () => {
    const server = await startServer({ log: false });
    const { status, json } = await control(server, "GET", undefined, "/log");
    expect([status, json.error]).toEqual([400, "There is no log: start the server with --log."]);
  });
});

describe("the control endpoint", () => {
  it("is on the map's port and on one of its own, which has nothing else", async () => {
    const server = await startServer();
    await control({ url: server.controlUrl }, "PATCH", { seed: 5 });
    expect((await control(server, "GET")).json.seed).toBe(5);
    const { status, body } = await get({ url: server.controlUrl }, "/xyz/3/4/2.png");
    expect([status, body.toString()]).toEqual([404, expect.stringContaining("The map has another.")]);
  });

  it.each([
    ["a page of another origin", { origin: "http://evil.example" }, 'one of "http://evil.example"'],
    ["a page without an origin", { origin: "null" }, 'one of "null"'],
    ["a page of another port of this machine", { origin: "http://127.0.0.1:1" }, "not for web pages"],
    ["a name that has been given this machine's address", { host: "evil.example" }, 'the name "evil.example"'],
    [
      "a page that has given its own name this machine's address",
      { host: "evil.example:8090", origin: "http://evil.example:8090" },
      'the name "evil.example:8090"',
    ],
  ])("refuses %s", async (_, headers, sentence) => {
    const server = await startServer();
    for (const url of [server.url, server.controlUrl]) {
      for (const [method, path, body] of [
        ["PATCH", "/control", '{"offline":true}'],
        ["POST", "/control/outage", '{"durationMs":1000}'],
        ["DELETE", "/stats", undefined],
        ["GET", "/log", undefined],
        ["OPTIONS", "/control", undefined],
      ] as const) {
        const answer = await request(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
        expect(answer.statusCode).toBe(403);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
        expect(await answer.body.json()).toMatchObject({ error: expect.stringContaining(sentence) });
      }
    }
    expect(server.faults.current).toEqual(NO_FAULTS);
    expect((await get(server, "/xyz/3/4/2.png")).status).toBe(200);
  });

  it("takes requests of its own origin, and by each name of this machine", async () => {
    const server = await startServer();
    const own = { origin: server.url };
    expect((await get(server, "/control", own)).status).toBe(200);
    for (const host of ["localhost", "127.0.0.1:99", "[::1]:99"]) {
      expect((await get(server, "/control", { host })).status).toBe(200);
    }
  });

  it("sends no CORS headers", async () => {
    const server = await startServer();
    for (const path of ["/control", "/stats", "/log"]) {
      const { headers } = await get(server, path);
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });
});
