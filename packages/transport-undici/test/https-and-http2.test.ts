import type { Http2SecureServer, ServerHttp2Stream } from "node:http2";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { certificate, serve, serveHttp2, serveHttps, serveRaw } from "./servers.ts";
import { failure, fetchBy, get, textOf, transportWith } from "./transports.ts";

const trusting = { tls: { ca: certificate } };

/** Answers each stream by its path. */
const onPath = (answer: (stream: ServerHttp2Stream, path: string) => void) => (server: Http2SecureServer) => {
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    answer(stream, `${headers[":path"]}`);
  });
};

it("does not believe a server whose certificate nobody vouches for", async () => {
  const secure = await serveHttps((_, response) => response.end("tile"));
  const { url } = await serveHttp2(onPath((stream) => stream.end("tile")));
  for (const untrusted of [url, secure.url]) {
    await expect(get({ url: untrusted })).rejects.toEqual(failure("request", /\(DEPTH_ZERO_SELF_SIGNED_CERT\)/));
    expect(textOf(await get({ url: untrusted }, trusting))).toBe("tile");
    expect(textOf(await get({ url: untrusted }, { tls: { rejectUnauthorized: false } }))).toBe("tile");
  }
});

it("does not believe a certificate for another name", async () => {
  const { url } = await serveHttps((_, response) => response.end("tile"));
  const options = { tls: { ca: certificate, servername: "tiles.example" } };
  await expect(get({ url }, options)).rejects.toEqual(failure("request", /ALTNAME/));
});

it("fails where a server does not speak TLS", async () => {
  const plain = await serve((_, response) => response.end("tile"));
  const url = plain.url.replace("http:", "https:");
  await expect(get({ url }, trusting)).rejects.toEqual(failure("request", /does not speak TLS.*\(ERR_SSL_\w+\)/));
});

it("fails all who wait for a first connection that cannot be made, without a try for each", async () => {
  const { url, connections } = await serveRaw((socket) => socket.destroy(), "https");
  const transport = transportWith();
  const outcomes = Array.from({ length: 10 }, () => fetchBy(transport, { url }));
  for (const outcome of outcomes) await expect(outcome).rejects.toEqual(failure("connect"));
  expect(connections()).toBe(1);
});

it("speaks HTTP/2 where it is offered, over one connection", async () => {
  const waiting: ServerHttp2Stream[] = [];
  const answer = (stream: ServerHttp2Stream) => {
    stream.respond({ ":status": 200, "content-length": 4, etag: '"1"', "set-cookie": ["a", "b"] });
    stream.end("tile");
  };
  const { url, connections } = await serveHttp2(
    onPath((stream, path) => {
      if (path === "/first") answer(stream);
      // 50 at a time on the one connection: none is answered before.
      else if (waiting.push(stream) === 50) for (const each of waiting) answer(each);
    }),
  );
  const transport = transportWith({ ...trusting, connections: 3 });
  const requests = ["first", ...Array(50).fill("many")].map((path) => fetchBy(transport, { url: url + path }));
  for (const response of await Promise.all(requests)) {
    expect(response).toMatchObject({ status: 200, headers: { etag: '"1"', "set-cookie": "a, b" } });
    expect(textOf(response)).toBe("tile");
    expect(response.body.buffer.byteLength).toBe(4);
  }
  expect(connections()).toBe(1);
});

it("speaks HTTP/1.1 with those that do not offer HTTP/2, over as many connections as are needed", async () => {
  const waiting: (() => void)[] = [];
  const { url, connections } = await serveHttps((request, response) => {
    waiting.push(() => response.end(request.httpVersion));
    if (waiting.length === 4) for (const answer of waiting) answer();
  });
  const transport = transportWith({ ...trusting, connections: 4 });
  const responses = await Promise.all([1, 2, 3, 4].map(() => fetchBy(transport, { url })));
  expect(responses.map(textOf)).toEqual(["1.1", "1.1", "1.1", "1.1"]);
  expect(connections()).toBe(4);
});

it("would rather speak HTTP/2, where a server leaves it to the client", async () => {
  const offers: unknown[] = [];
  const ALPNCallback = ({ protocols }: { protocols: string[] }) => {
    offers.push(protocols);
    return "http/1.1";
  };
  const { url } = await serveHttps((_, response) => response.end(), { ALPNCallback });
  await get({ url }, trusting);
  await get({ url }, { ...trusting, allowH2: false });
  expect(offers).toEqual([["h2", "http/1.1"], ["http/1.1"]]);
});

it("asks for as many at a time as an HTTP/2 server allows", async () => {
  const waiting: ServerHttp2Stream[] = [];
  let most = 0;
  const { url, connections } = await serveHttp2(
    onPath((stream) => {
      most = Math.max(most, waiting.push(stream));
      // None is answered before three have come.
      if (waiting.length === 3) for (const each of waiting.splice(0)) each.end("tile");
    }),
    { maxConcurrentStreams: 3 },
  );
  const transport = transportWith(trusting);
  const responses = await Promise.all(Array.from({ length: 30 }, () => fetchBy(transport, { url })));
  expect(responses.every((response) => textOf(response) === "tile")).toBe(true);
  expect(most).toBe(3);
  expect(connections()).toBe(1);
});

it("resets the stream of a request that nobody waits for, and leaves the others", async () => {
  const asked = Promise.withResolvers<void>();
  const reset = Promise.withResolvers<number | undefined>();
  const { url, connections } = await serveHttp2(
    onPath((stream, path) => {
      if (path === "/other") return stream.end("other");
      stream.on("close", () => reset.resolve(stream.rstCode));
      stream.respond({ ":status": 200 });
      stream.write("the beginning");
      return asked.resolve();
    }),
  );
  const transport = transportWith(trusting);
  const subscription = transport.request({ url }).subscribe();
  await asked.promise;
  subscription.unsubscribe();
  await reset.promise;
  expect(textOf(await fetchBy(transport, { url: `${url}other` }))).toBe("other");
  expect(connections()).toBe(1);
});

it("classifies broken answers over HTTP/2, too", async () => {
  const { url } = await serveHttp2(
    onPath((stream, path) => {
      if (path === "/silent") return;
      if (path === "/reset") return stream.close(2);
      stream.respond({ ":status": 200, ...(path === "/too-much" ? {} : { "content-length": 100 }) });
      if (path === "/short") stream.end("x");
      else if (path === "/long") stream.end("x".repeat(200));
      else if (path === "/broken") stream.write("x", () => stream.session?.destroy());
      else if (path === "/too-much") stream.end(new Uint8Array(1_001));
      else if (path === "/pause") stream.write("x");
    }),
  );
  const expected = {
    silent: "timeout",
    pause: "timeout",
    short: "interrupted",
    long: "interrupted",
    reset: "interrupted",
    "too-much": "too-large",
    broken: "interrupted",
  } as const;
  for (const [path, kind] of Object.entries(expected)) {
    const options = kind === "timeout" ? { ...trusting, headersTimeoutMs: 100, bodyTimeoutMs: 100 } : trusting;
    await expect(get({ url: url + path, maxBytes: 1_000 }, options), path).rejects.toEqual(failure(kind));
  }
});

it("leaves a session that a server has broken after the first that notices", async () => {
  const { url, connections } = await serveHttp2(
    onPath((stream, path) => {
      stream.respond({ ":status": 200, "content-length": 4 });
      stream.end(path === "/long" ? "longer than declared" : "tile");
    }),
  );
  const transport = transportWith(trusting);
  await expect(fetchBy(transport, { url: `${url}long` })).rejects.toEqual(failure("interrupted"));
  await fetchBy(transport, { url }).catch(() => {});
  expect(textOf(await fetchBy(transport, { url }))).toBe("tile");
  expect(connections()).toBe(2);
});

it("undoes encodings and follows redirects over HTTP/2, too", async () => {
  const { url } = await serveHttp2(
    onPath((stream, path) => {
      if (path === "/") stream.respond({ ":status": 301, location: "/end" }, { endStream: true });
      else {
        stream.respond({ ":status": 200, "content-encoding": "gzip" });
        stream.end(gzipSync("tile"));
      }
    }),
  );
  expect(textOf(await get({ url }, trusting))).toBe("tile");
});

it("makes another connection when an HTTP/2 server has ended one", async () => {
  const { url, connections } = await serveHttp2(
    onPath((stream) => {
      const { session } = stream;
      stream.on("close", () => session?.close());
      stream.end("tile");
    }),
  );
  const transport = transportWith(trusting);
  for (let i = 0; i < 3; i++) expect(textOf(await fetchBy(transport, { url }))).toBe("tile");
  expect(connections()).toBeGreaterThan(1);
});

it("fails what is under way over HTTP/2 when it is closed", async () => {
  const asked = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  const { url } = await serveHttp2(
    onPath((stream) => {
      stream.session?.on("close", () => gone.resolve());
      asked.resolve();
    }),
  );
  const transport = transportWith(trusting);
  const outcome = expect(fetchBy(transport, { url })).rejects.toEqual(failure("closed"));
  await asked.promise;
  await transport.close();
  await outcome;
  await gone.promise;
});
