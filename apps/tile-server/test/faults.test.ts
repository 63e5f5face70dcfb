import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { Agent, request } from "undici";
import { describe, expect, it, onTestFinished } from "vitest";
import type { TileServer } from "../src/start-tile-server.ts";
import { pixelsOf } from "./picture-colours.ts";
import { control, get, startServer } from "./start-server.ts";

const TILE = "/xyz/3/4/2.png";

/** What a client sees that has a connection of its own for the request. */
async function outcomeOf(server: TileServer, path: string): Promise<string> {
  const agent = new Agent();
  try {
    const { statusCode, body } = await request(`${server.url}${path}`, { dispatcher: agent });
    const bytes = await body.arrayBuffer().catch(() => undefined);
    return bytes === undefined ? "cut" : `${statusCode}`;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "failed";
  } finally {
    await agent.destroy();
  }
}

/** Another program, as far as the server can tell. */
async function takePort(port: number): Promise<Server> {
  const taker = createServer();
  onTestFinished(() => {
    taker.close();
  });
  await new Promise<void>((resolve) => taker.listen(port, "127.0.0.1", resolve));
  return taker;
}

describe("errors", () => {
  it.each([204, 403, 404, 429, 500, 503])("answer with %d, and nobody is to keep that", async (status) => {
    const server = await startServer({ faults: { errors: { [status]: 1 } } });
    const answer = await get(server, TILE);
    expect(answer.status).toBe(status);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers.etag).toBeUndefined();
    expect(server.stats.report().tiles[TILE]).toMatchObject({ requests: 1, ok: 0, faulty: 1 });
  });

  it("are for the map alone, and not for what belongs to it", async () => {
    const server = await startServer({ faults: { errors: { 500: 1 } } });
    expect((await get(server, "/vector/3/4/2.pbf")).status).toBe(500);
    expect((await get(server, "/wms?request=GetMap")).status).toBe(500);
    for (const path of ["/", "/style.json", "/vector.json", "/stats", "/nothing"]) {
      expect((await get(server, path)).status).not.toBe(500);
    }
  });
});

describe("connections", () => {
  it("are reset", async () => {
    const server = await startServer({ faults: { resets: 1 } });
    expect(await outcomeOf(server, TILE)).toBe("ECONNRESET");
    expect(server.log.entries).toMatchObject([{ outcome: "reset", status: null, bytes: 0 }]);
  });

  it("are refused while the server is offline, and the control endpoint is still there", async () => {
    const server = await startServer();
    const aside = { url: server.controlUrl };
    const idle = await openSocket(server.port);
    expect((await control(aside, "PATCH", { offline: true })).json.offline).toBe(true);
    await idle.closed;
    expect(await outcomeOf(server, TILE)).toBe("ECONNREFUSED");
    expect(await outcomeOf(server, "/control")).toBe("ECONNREFUSED");
    expect((await control(aside, "PATCH", { latency: { ms: 1 } })).json.offline).toBe(true);
    expect(await outcomeOf(server, TILE)).toBe("ECONNREFUSED");
    await control(aside, "DELETE");
    expect(await outcomeOf(server, TILE)).toBe("200");
  });

  it("are refused from the beginning, if asked to", async () => {
    const server = await startServer({ faults: { offline: true } });
    expect(await outcomeOf(server, TILE)).toBe("ECONNREFUSED");
    await control({ url: server.controlUrl }, "PUT", {});
    expect(await outcomeOf(server, TILE)).toBe("200");
  });

  it("are refused after the answer to those who ask for it through the map's own port", async () => {
    const server = await startServer();
    const idle = await openSocket(server.port);
    expect(await control(server, "PATCH", { offline: true })).toMatchObject({ status: 200, json: { offline: true } });
    await idle.closed;
    expect(await outcomeOf(server, TILE)).toBe("ECONNREFUSED");
  });

  it("are destroyed that wait for an answer when the server goes offline", async () => {
    const server = await startServer({ faults: { latency: { ms: 600_000 } } });
    const waiting = outcomeOf(server, TILE);
    await untilRequested(server, 1);
    await control({ url: server.controlUrl }, "PATCH", { offline: true });
    expect(await waiting).toBe("UND_ERR_SOCKET");
    expect(server.log.entries).toMatchObject([{ outcome: "offline", status: null, latencyMs: 600_000 }]);
    expect(server.stats.report().tiles[TILE]).toMatchObject({ requests: 1, faulty: 1, gone: 0 });
  });

  it("cannot be taken again on a port that another program has taken, and that is said", async () => {
    const server = await startServer({ faults: { offline: true } });
    const taker = await takePort(server.port);
    const refused = await control({ url: server.controlUrl }, "PATCH", { offline: false });
    expect(refused).toMatchObject({
      status: 409,
      json: { error: expect.stringContaining(`:${server.port}: end the`) },
    });
    await new Promise((resolve) => taker.close(resolve));
    expect((await control({ url: server.controlUrl }, "PATCH", { offline: false })).status).toBe(200);
    expect(await outcomeOf(server, TILE)).toBe("200");
  });

  it("leave the faults as they were when the port is another program's, and other faults can be changed", async () => {
    const server = await startServer({ faults: { offline: true, planned: { [TILE]: ["500"] } } });
    const aside = { url: server.controlUrl };
    const taker = await takePort(server.port);
    const before = (await control(aside, "GET")).json;
    for (const [method, body] of [
      ["PATCH", { offline: false, latency: { ms: 2 } }],
      ["PUT", { latency: { ms: 2 } }],
    ] as const) {
      expect((await control(aside, method, body)).status).toBe(409);
      expect(await control(aside, "GET")).toEqual({ status: 200, json: before });
    }
    const slower = { status: 200, json: { ...before, latency: { ms: 1 } } };
    expect(await control(aside, "PATCH", { latency: { ms: 1 } })).toEqual(slower);
    await control(aside, "POST", { durationMs: 3_600_000 }, "/control/outage");
    expect((await control(aside, "DELETE", undefined, "/control/outage")).status).toBe(200);
    await new Promise((resolve) => taker.close(resolve));
    expect(await control(aside, "GET")).toEqual(slower);
    expect(await outcomeOf(server, TILE)).toBe("ECONNREFUSED");
    expect((await control(aside, "PATCH", { offline: false })).status).toBe(200);
    expect([await outcomeOf(server, TILE), await outcomeOf(server, TILE)]).toEqual(["500", "200"]);
  });

  it("are not taken again by a look at the faults, or a change of others, but when asked to", async () => {
    const server = await startServer();
    const aside = { url: server.controlUrl };
    await control(aside, "POST", { durationMs: 3_600_000 }, "/control/outage");
    const taker = await takePort(server.port);
    expect((await control(aside, "DELETE", undefined, "/control/outage")).status).toBe(409);
    expect((await control(aside, "GET")).status).toBe(200);
    expect(await control(aside, "PATCH", { seed: 7 })).toMatchObject({
      status: 200,
      json: { seed: 7, offline: false },
    });
    await new Promise((resolve) => taker.close(resolve));
    await control(aside, "GET");
    await control(aside, "PATCH", { seed: 8 });
    expect(await outcomeOf(server, TILE)).toBe("ECONNREFUSED");
    expect((await control(aside, "PATCH", { offline: false })).json).toMatchObject({ seed: 8, offline: false });
    expect(await outcomeOf(server, TILE)).toBe("200");
  });

  it("are refused during an outage, and open ones destroyed", async () => {
    const server = await startServer();
    const idle = await openSocket(server.port);
    await control(server, "POST", { durationMs: 3_600_000 }, "/control/outage");
    await idle.closed;
    expect(await outcomeOf(server, TILE)).toBe("ECONNREFUSED");
  });

  it("are taken again when an outage is ended early", async () => {
    const server = await startServer();
    const aside = { url: server.controlUrl };
    await control(aside, "POST", { durationMs: 3_600_000 }, "/control/outage");
    expect(await outcomeOf(server, TILE)).toBe("ECONNREFUSED");
    await control(aside, "DELETE", undefined, "/control/outage");
    expect(await outcomeOf(server, TILE)).toBe("200");
  });

  it("are taken again after an outage, on the same port", async () => {
    const server = await startServer();
    const idle = await openSocket(server.port);
    await control(server, "POST", { durationMs: 20 }, "/control/outage");
    await idle.closed;
    let outcome = "";
    while (outcome !== "200") outcome = await outcomeOf(server, TILE);
  });
});

describe("bodies", () => {
  it("end half-way through the length they were declared with", async () => {
    const server = await startServer({ faults: { truncated: 1 } });
    const whole = await get(await startServer(), TILE);
    const { headers, body } = await rawExchange(server.port, TILE);
    expect(headers).toContain("HTTP/1.1 200 OK");
    expect(headers).toContain(`content-length: ${whole.body.length}`);
    expect(body.equals(whole.body.subarray(0, whole.body.length >> 1))).toBe(true);
    expect(await outcomeOf(server, TILE)).toBe("cut");
  });

  it("come in drips", async () => {
    // A hundred bytes a second: this body would take minutes.
    const server = await startServer({ faults: { drip: { bytesPerSecond: 100 } } });
    const { body, headers } = await request(`${server.url}${TILE}`);
    const { value } = await body[Symbol.asyncIterator]().next();
    expect(value.length).toBeGreaterThan(0);
    expect(value.length).toBeLessThan(Number(headers["content-length"]) / 10);
    body.destroy();
  });

  it("are whole when the drips have ended", async () => {
    const server = await startServer({ faults: { drip: { bytesPerSecond: 1e6 } } });
    const whole = await get(await startServer(), TILE);
    expect((await get(server, TILE)).body.equals(whole.body)).toBe(true);
    expect((await get(server, TILE, {}, "HEAD")).body.length).toBe(0);
  });

  it("are a page in HTML, with status 200", async () => {
    const server = await startServer({ faults: { html: 1 } });
    const { status, headers, body } = await get(server, TILE);
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(body.toString()).toContain("<html>");
  });

  it("are a picture that says access is blocked, the same for every tile", async () => {
    const server = await startServer({ faults: { blocked: 1 } });
    const { status, headers, body } = await get(server, TILE);
    expect([status, headers["content-type"]]).toEqual([200, "image/png"]);
    const pixels = await pixelsOf(body);
    expect([pixels.width, pixels.height, pixels.at(1, 1)]).toEqual([256, 256, "179,38,30"]);
    expect((await get(server, "/vector/3/4/2.pbf")).body.equals(body)).toBe(true);
  });
});

describe("latency", () => {
  it("keeps an answer back, while others go ahead", async () => {
    const server = await startServer({ faults: { latency: { ms: 600_000 } } });
    const abort = new AbortController();
    const waiting = request(`${server.url}${TILE}`, { signal: abort.signal });
    await untilRequested(server, 1);
    await control(server, "PATCH", { latency: { ms: 0 } });
    expect((await get(server, TILE)).status).toBe(200);
    expect(server.stats.report().tiles[TILE]).toMatchObject({ requests: 2, ok: 1, faulty: 0 });

    abort.abort();
    await expect(waiting).rejects.toThrow("aborted");
    await untilGone(server, 1);
    expect(server.stats.report().tiles[TILE]).toMatchObject({ requests: 2, ok: 1, faulty: 0, gone: 1 });
    expect(server.log.entries.map(({ outcome, status }) => [outcome, status])).toEqual([
      ["ok", 200],
      ["gone", null],
    ]);
  });

  it("ends with an answer", async () => {
    const server = await startServer({ faults: { latency: { minMs: 5, maxMs: 20 } } });
    expect((await get(server, TILE)).status).toBe(200);
    expect(server.log.entries[0]?.latencyMs).toBeGreaterThanOrEqual(5);
    expect(server.log.entries[0]?.latencyMs).toBeLessThan(20);
  });
});

describe("a client that leaves in mid-body", () => {
  // 512 × 512 pixels at @2x in drips: a few of them come, and most never do.
  const path = "/xyz/512/3/4/2@2x.png";

  it("is said to have gone, with the bytes that were handed over", async () => {
    const server = await startServer({ faults: { drip: { bytesPerSecond: 20_000 } } });
    const { body, headers } = await request(`${server.url}${path}`);
    const first = await once(body, "data");
    body.on("error", () => {}).destroy();
    await untilGone(server, 1);
    const counts = server.stats.report().tiles[path];
    expect(counts).toMatchObject({ requests: 1, ok: 0, faulty: 0, gone: 1 });
    expect(counts?.bytes).toBeGreaterThanOrEqual(first[0].length);
    expect(counts?.bytes).toBeLessThan(Number(headers["content-length"]));
    expect(server.log.entries).toMatchObject([{ outcome: "gone", status: 200, bytes: counts?.bytes }]);
  });

  it("is waited for before anything is counted", async () => {
    const server = await startServer({ faults: { drip: { bytesPerSecond: 20_000 } } });
    const { body } = await request(`${server.url}${path}`);
    await once(body, "data");
    expect(server.stats.report().total).toMatchObject({ requests: 1, ok: 0, faulty: 0, gone: 0, bytes: 0 });
    expect(server.log.entries).toEqual([]);
    body.on("error", () => {}).destroy();
  });

  it("is told from one that reads a large body slowly, which takes all of it", async () => {
    const server = await startServer();
    const wms = `/wms?service=WMS&version=1.3.0&request=GetMap&layers=world&styles=&crs=CRS:84&format=image/png&width=2048&height=2048&bbox=-10,35,30,60`;
    const socket = connect(server.port, "127.0.0.1");
    onTestFinished(() => {
      socket.destroy();
    });
    socket.pause();
    socket.write(`GET ${wms} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    await untilRequested(server, 1);
    const all = Buffer.concat(await socket.toArray());
    const [entry] = server.log.entries;
    expect(entry).toMatchObject({ outcome: "ok", status: 200, bytes: all.length - all.indexOf("\r\n\r\n") - 4 });
    expect(entry?.bytes).toBeGreaterThan(100_000);
  });
});

describe("the rate limit", () => {
  const rateLimit = { perSecond: 0, burst: 3, retryAfterSeconds: 7 };

  it("answers with 429 and Retry-After beyond it", async () => {
    const server = await startServer({ faults: { rateLimit } });
    const answers = [];
    for (let x = 0; x < 5; x++) answers.push(await get(server, `/xyz/3/${x}/2.png`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(answers.map(({ headers }) => headers["retry-after"])).toEqual([undefined, undefined, undefined, "7", "7"]);
    expect(server.log.entries.at(-1)).toMatchObject({ outcome: "rate limited", status: 429 });
  });

  it("says when as a date, too", async () => {
    const server = await startServer({ faults: { rateLimit: { ...rateLimit, burst: 0, retryAfterAs: "date" } } });
    const { headers } = await get(server, TILE);
    const waitMs = Date.parse(headers["retry-after"] ?? "") - Date.parse(headers.date ?? "");
    expect(Math.abs(waitMs - 7000)).toBeLessThanOrEqual(1000);
  });

  it("is open again after a while", async () => {
    const server = await startServer({ faults: { rateLimit: { ...rateLimit, perSecond: 1000, burst: 1 } } });
    let refused = 0;
    for (let ok = 0; ok < 20; ) (await get(server, TILE)).status === 200 ? ok++ : refused++;
    expect(refused + 20).toBe(server.log.entries.length);
  });
});

describe("a new version of the map", () => {
  it("has other pictures, ETags and dates, which a conditional request tells", async () => {
    const server = await startServer();
    for (const path of [TILE, "/vector/3/4/2.pbf", "/xyz/5/5/15.png"]) {
      const before = await get(server, path);
      const etag = before.headers.etag ?? "";
      const since = before.headers["last-modified"] ?? "";
      expect((await get(server, path, { "if-none-match": etag })).status).toBe(304);
      await control(server, "PATCH", { map: { version: 2 } });
      const after = await get(server, path, { "if-none-match": etag });
      expect(after.status).toBe(200);
      expect(after.body.equals(before.body)).toBe(false);
      expect(after.headers.etag).not.toBe(etag);
      expect(after.headers["last-modified"]).toBe("Tue, 02 Jan 2024 12:00:00 GMT");
      expect((await get(server, path, { "if-modified-since": since })).status).toBe(200);
      await control(server, "DELETE");
      expect((await get(server, path, { "if-none-match": etag })).status).toBe(304);
    }
  });

  it("may have changed only some of the tiles", async () => {
    const server = await startServer();
    const paths = Array.from({ length: 40 }, (_, x) => `/vector/6/${x}/20.pbf`);
    const etags = await Promise.all(paths.map(async (path) => (await get(server, path)).headers.etag ?? ""));
    await control(server, "PATCH", { map: { version: 2, changedShare: 0.25 } });
    const statuses = await Promise.all(
      paths.map(async (path, i) => (await get(server, path, { "if-none-match": etags[i] ?? "" })).status),
    );
    const changed = statuses.filter((status) => status === 200).length;
    expect(changed).toBeGreaterThan(3);
    expect(changed).toBeLessThan(20);
    expect(statuses.filter((status) => status === 304).length).toBe(40 - changed);
  });
});

/** Asks until the server has seen as many requests for tiles. */
async function untilRequested(server: TileServer, requests: number): Promise<void> {
  const seen = async () => (await control(server, "GET", undefined, "/stats")).json.total?.requests ?? 0;
  while ((await seen()) < requests);
}

/** Asks until the server knows of as many clients that have left. */
async function untilGone(server: TileServer, clients: number): Promise<void> {
  const seen = async () => (await control(server, "GET", undefined, "/stats")).json.total?.gone ?? 0;
  while ((await seen()) < clients);
}

async function openSocket(port: number): Promise<{ closed: Promise<void> }> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
  });
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()).on("error", () => {}));
  await new Promise((resolve) => socket.once("connect", resolve));
  return { closed };
}

/** Everything that comes over a connection until its end. */
async function rawExchange(port: number, path: string): Promise<{ headers: string; body: Buffer }> {
  const socket: Socket = connect(port, "127.0.0.1");
  socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
  const all = Buffer.concat(await socket.toArray());
  const end = all.indexOf("\r\n\r\n");
  return { headers: all.subarray(0, end).toString(), body: all.subarray(end + 4) };
}
