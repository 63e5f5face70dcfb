import type { RequestListener } from "node:http";
import type { Socket } from "node:net";
import { deflateSync, gzipSync } from "node:zlib";
import { coverOf, type DownloadProgress, rectangle, toDownloadable } from "@fmtc/core";
import { filter, firstValueFrom } from "rxjs";
import { describe, expect, test } from "vitest";
import { type MisbehavingServer, serve, serveRaw } from "./misbehaving-server.ts";
import { openTestRoot } from "./open-test-root.ts";
import { startTileServer } from "./tile-server.ts";

/** Four tiles. */
const region = toDownloadable(rectangle({ north: 80, south: -80, west: -170, east: 170 }), {
  minZoom: 1,
  maxZoom: 1,
  source: "bad",
});
const TILES = coverOf(region).count;

/** Enough of a tile to be taken for one. */
const PNG = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(1_000, 7)]);
const HTML = "<!doctype html><title>Sign in</title>";
/** The default of `maxTileBytes`. */
const MOST_BYTES = 10_000_000;
/** Shorter than a slow server takes, and longer than a healthy one. */
const TIMEOUT_MS = 1_000;

const http =
  (status: number, headers: Readonly<Record<string, string | number>>, body: string | Buffer = "") =>
  () =>
    serve((_, response) => response.writeHead(status, headers).end(body));

const head = (...lines: readonly string[]) =>
  `${["HTTP/1.1 200 OK", "Content-Type: image/png", ...lines].join("\r\n")}\r\n\r\n`;

const raw = (answer: (socket: Socket) => void) => () => serveRaw(answer);
const listener = (listen: RequestListener) => () => serve(listen);

interface Case {
  readonly what: string;
  readonly server: () => Promise<Pick<MisbehavingServer, "url">>;
  readonly reason: "negative" | "request" | "invalid";
  readonly detail: RegExp;
  /** What may get better is asked for once more at the end. */
  readonly attempts: 1 | 2;
}

const cases: readonly Case[] = [
  {
    what: "a page in HTML",
    server: http(200, { "Content-Type": "text/html" }, HTML),
    reason: "invalid",
    detail: /neither an image nor a vector tile, but text\/html/,
    attempts: 1,
  },
  {
    what: "a page in HTML that is called an image",
    server: http(200, { "Content-Type": "image/png" }, HTML),
    reason: "invalid",
    detail: /neither an image nor a vector tile/,
    attempts: 1,
  },
  {
    what: "a redirect to a page in HTML",
    server: listener(({ url }, response) => {
      if (url === "/login") response.writeHead(200, { "Content-Type": "text/html" }).end(HTML);
      else response.writeHead(302, { Location: "/login" }).end();
    }),
    reason: "invalid",
    detail: /neither an image nor a vector tile/,
    attempts: 1,
  },
  {
    what: "a redirect to itself",
    server: listener(({ url = "/" }, response) => response.writeHead(302, { Location: url }).end()),
    reason: "invalid",
    detail: /redirects again and again/,
    attempts: 1,
  },
  {
    what: "a redirect to nowhere",
    server: http(302, {}),
    reason: "invalid",
    detail: /status 302/,
    attempts: 1,
  },
  {
    what: "an empty body",
    server: http(200, { "Content-Type": "image/png" }),
    reason: "invalid",
    detail: /body is empty/,
    attempts: 1,
  },
  {
    what: "a body that is longer than it may be, and says so",
    server: http(200, { "Content-Type": "image/png", "Content-Length": MOST_BYTES + 1 }, PNG),
    reason: "invalid",
    detail: /longer/,
    attempts: 1,
  },
  {
    what: "a body without an end",
    server: listener((_, response) => {
      response.writeHead(200, { "Content-Type": "image/png" }).write(PNG);
      const part = Buffer.alloc(100_000);
      const more = () => {
        while (response.write(part));
      };
      response.on("drain", more);
      more();
    }),
    reason: "invalid",
    detail: /longer/,
    attempts: 1,
  },
  {
    what: "a body that is small until it is unpacked",
    server: http(
      200,
      { "Content-Type": "image/png", "Content-Encoding": "gzip" },
      gzipSync(Buffer.concat([PNG, Buffer.alloc(MOST_BYTES)])),
    ),
    reason: "invalid",
    detail: /longer/,
    attempts: 1,
  },
  {
    what: "a body that cannot be unpacked",
    server: http(200, { "Content-Type": "image/png", "Content-Encoding": "gzip" }, deflateSync(PNG)),
    reason: "request",
    detail: /^interrupted$/,
    attempts: 2,
  },
  {
    what: "a body that ends too early",
    server: raw((socket) => socket.end(Buffer.concat([Buffer.from(head("Content-Length: 5000")), PNG]))),
    reason: "request",
    detail: /^interrupted$/,
    attempts: 2,
  },
  {
    what: "a chunk that ends too early",
    server: raw((socket) =>
      socket.end(Buffer.concat([Buffer.from(`${head("Transfer-Encoding: chunked")}FFFF\r\n`), PNG])),
    ),
    reason: "request",
    detail: /^interrupted$/,
    attempts: 2,
  },
  {
    what: "two lengths that differ",
    server: raw((socket) =>
      socket.end(Buffer.concat([Buffer.from(head("Content-Length: 10", "Content-Length: 20")), PNG])),
    ),
    reason: "request",
    detail: /^interrupted$/,
    attempts: 2,
  },
  {
    what: "something that is not HTTP",
    server: raw((socket) => socket.end("220 mail.example.org ESMTP\r\n")),
    reason: "request",
    detail: /^interrupted$/,
    attempts: 2,
  },
  {
    what: "a reset before the answer",
    server: raw((socket) => socket.resetAndDestroy()),
    reason: "request",
    detail: /^interrupted$/,
    attempts: 2,
  },
  {
    what: "a reset in the midst of the body",
    server: raw((socket) => {
      socket.write(Buffer.concat([Buffer.from(head("Content-Length: 5000")), PNG]), () => socket.resetAndDestroy());
    }),
    reason: "request",
    detail: /^interrupted$/,
    attempts: 2,
  },
  {
    what: "no answer at all",
    server: raw(() => {}),
    reason: "request",
    detail: /^timeout$/,
    attempts: 2,
  },
  {
    what: "a body that drips for ever",
    server: raw((socket) => {
      socket.write(head("Content-Length: 5000"));
      const drip = setInterval(() => socket.write("\x89"), 20);
      socket.on("close", () => clearInterval(drip));
    }),
    reason: "request",
    detail: /^timeout$/,
    attempts: 2,
  },
  { what: "status 403", server: http(403, {}), reason: "negative", detail: /^status 403$/, attempts: 1 },
  { what: "status 404", server: http(404, {}, PNG), reason: "negative", detail: /^status 404$/, attempts: 1 },
  { what: "status 410", server: http(410, {}), reason: "negative", detail: /^status 410$/, attempts: 1 },
  { what: "status 500", server: http(500, {}, PNG), reason: "request", detail: /^status 500$/, attempts: 2 },
  { what: "status 206", server: http(206, {}, PNG), reason: "invalid", detail: /status 206/, attempts: 1 },
  {
    what: "https where there is none",
    server: async () => ({ url: (await serve((_, response) => response.end(PNG))).url.replace("http:", "https:") }),
    reason: "request",
    detail: /does not speak TLS.*ERR_SSL/,
    attempts: 1,
  },
];

async function downloadFrom(url: string) {
  const source = { id: "bad", url: `${url}/{z}/{x}/{y}`, seaTiles: [] };
  const { root, store, hiking } = await openTestRoot([source], { timeoutMs: TIMEOUT_MS });
  const download = hiking.download.startForeground(region, { retries: 0, parallel: 2 });
  const states = new Set<string>();
  download.progress$.subscribe(({ state }) => states.add(state));
  const progress = await download.done;
  return { root, store, hiking, id: download.id, progress, states };
}

function failedBy(reason: Case["reason"]): Partial<DownloadProgress> {
  return {
    state: "completed",
    max: TILES,
    attempted: TILES,
    stored: 0,
    failed: TILES,
    retryQueued: 0,
    failedBy: { negative: 0, request: 0, invalid: 0, [reason]: TILES },
  };
}

describe("a tile is not stored, counted once, and told with its reason, when the answer is", () => {
  test.each(cases)("$what", async ({ server, reason, detail, attempts }) => {
    const { url } = await server();
    const { root, store, hiking, id, progress, states } = await downloadFrom(url);
    expect(progress).toMatchObject(failedBy(reason));
    expect(states, "offline is something else").not.toContain("waiting");
    const failed = await root.recovery.failedTiles(id);
    expect(failed).toHaveLength(TILES);
    for (const tile of failed) {
      expect(tile).toMatchObject({ reason, detail: expect.stringMatching(detail), attempts });
    }
    expect(await root.recovery.get(id)).toMatchObject({ state: "incomplete", failed: TILES });
    expect(await hiking.stats()).toMatchObject({ length: 0, bytes: 0 });
    expect(await store.stats()).toMatchObject({ length: 0, bytes: 0 });
  });
});

test("a server whose certificate nobody vouches for is no server that cannot be reached", async () => {
  const server = await startTileServer("--http2", "--throughput");
  const { root, id, progress, states, store } = await downloadFrom(server.url);
  expect(progress).toMatchObject(failedBy("request"));
  expect(states).not.toContain("waiting");
  for (const tile of await root.recovery.failedTiles(id)) {
    expect(tile).toMatchObject({ attempts: 1, detail: expect.stringMatching(/certificate is not trusted/) });
  }
  expect(await store.stats()).toMatchObject({ length: 0 });
  await server.stop();
});

test("204 is an answer: there is nothing to see", async () => {
  const { url } = await serve((_, response) => response.writeHead(204).end());
  const { root, id, progress, store } = await downloadFrom(url);
  expect(progress).toMatchObject({ state: "completed", skipped: TILES, failed: 0, stored: 0 });
  expect(progress.skippedBy).toEqual({ existing: 0, sea: 0, unmodified: 0, empty: TILES });
  expect(await root.recovery.get(id)).toBeUndefined();
  expect(await store.stats()).toMatchObject({ length: 0 });
});

test("a tile may be as long as it may be", async () => {
  const body = Buffer.concat([PNG, Buffer.alloc(MOST_BYTES - PNG.length)]);
  const { url } = await serve((_, response) => response.writeHead(200, { "Content-Type": "image/png" }).end(body));
  const { progress, store } = await downloadFrom(url);
  expect(progress).toMatchObject({ state: "completed", stored: TILES, storedBytes: TILES * MOST_BYTES });
  expect(await store.stats()).toMatchObject({ length: TILES, bytes: TILES * MOST_BYTES });
});

test("a server that says that a tile is unmodified, which nobody has, has not given a tile", async () => {
  const { url } = await serve((_, response) => response.writeHead(304).end());
  const { root, id, progress, store } = await downloadFrom(url);
  expect(await store.stats()).toMatchObject({ length: 0 });
  expect(progress).toMatchObject({ state: "completed", failed: TILES, retryQueued: 0, skipped: 0 });
  expect(await root.recovery.failedTiles(id)).toHaveLength(TILES);
});

test("a server that nobody can connect to is waited for, and nothing fails", async () => {
  const { url } = await serve((_, response) => response.end(PNG));
  const source = { id: "bad", url: `${url.replace(/\d+$/, "1")}/{z}/{x}/{y}`, seaTiles: [] };
  const { hiking } = await openTestRoot([source]);
  const download = hiking.download.startForeground(region, { retries: 0, parallel: 2 });
  const waiting = await firstValueFrom(download.progress$.pipe(filter(({ state }) => state === "waiting")));
  expect(waiting).toMatchObject({ failed: 0, waiting: { reason: "offline" } });
  await download.cancel();
});
