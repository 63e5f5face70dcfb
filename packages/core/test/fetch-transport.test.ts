import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { fetchTransport, TransportError, type TransportRequest } from "@fmtc/core";
import { firstValueFrom, VirtualTimeScheduler } from "rxjs";
import { afterEach, expect, it } from "vitest";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A real server, and its URL. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const get = (request: TransportRequest) => firstValueFrom(fetchTransport(globalThis).request(request));
const failure = (kind: TransportError["kind"]) => expect.objectContaining({ code: "TRANSPORT", kind });

it("gives status, headers and the whole body of any response", async () => {
  const url = await serve((request, response) => {
    response.writeHead(404, { ETag: '"1"', "X-Seen": request.headers["x-sent"] });
    response.write("one ");
    response.end("two");
  });
  const { status, headers, body } = await get({ url, headers: { "X-Sent": "yes" } });
  expect({ status, body: new TextDecoder().decode(body) }).toEqual({ status: 404, body: "one two" });
  expect(headers).toMatchObject({ etag: '"1"', "x-seen": "yes" });
  expect(body.byteLength).toBe(body.buffer.byteLength);
});

it("gives an empty body where there is none", async () => {
  const url = await serve((_, response) => response.writeHead(204).end());
  expect(await get({ url })).toMatchObject({ status: 204, body: new Uint8Array() });
});

it("asks once for each subscription, and not before", async () => {
  let requests = 0;
  const url = await serve((_, response) => {
    requests += 1;
    response.end();
  });
  const request$ = fetchTransport(globalThis).request({ url });
  expect(requests).toBe(0);
  await firstValueFrom(request$);
  await firstValueFrom(request$);
  expect(requests).toBe(2);
});

it("aborts when nobody listens any more", async () => {
  const asked = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  const url = await serve((_, response) => {
    response.on("close", () => aborted.resolve());
    asked.resolve();
  });
  const subscription = fetchTransport(globalThis).request({ url }).subscribe();
  await asked.promise;
  subscription.unsubscribe();
  await aborted.promise;
});

it("aborts nothing that has come", async () => {
  let signal: AbortSignal | undefined;
  const url = await serve((_, response) => response.end("x"));
  const fetched = (input: string, init: RequestInit) => {
    signal = init.signal ?? undefined;
    return fetch(input, init);
  };
  await firstValueFrom(fetchTransport({ AbortController, fetch: fetched }).request({ url }));
  expect(signal?.aborted).toBe(false);
});

it("stops reading a body that is too long", async () => {
  const aborted = Promise.withResolvers<void>();
  const url = await serve((_, response) => {
    response.on("close", () => aborted.resolve());
    const more = () => {
      while (response.write(new Uint8Array(10_000))) if (response.destroyed) return;
    };
    response.on("drain", more);
    more();
  });
  await expect(get({ url, maxBytes: 50_000 })).rejects.toEqual(failure("too-large"));
  await aborted.promise;
});

it("does not begin to read a body that declares too much", async () => {
  const aborted = Promise.withResolvers<void>();
  const url = await serve((_, response) => {
    response.on("close", () => aborted.resolve());
    response.writeHead(200, { "Content-Type": "image/png", "Content-Length": "1001" });
    response.write("x");
  });
  await expect(get({ url, maxBytes: 1_000 })).rejects.toEqual(failure("too-large"));
  await aborted.promise;
});

it("refuses an image that turns out longer than it declared", async () => {
  // As a browser sees a server that compresses an image and does not tell pages of other sites so.
  const long = new Response(new Uint8Array(2_000), {
    headers: { "content-type": "image/png", "content-length": "20" },
  });
  const platform = { AbortController, fetch: async () => long };
  const request$ = fetchTransport(platform).request({ url: "https://example.org/", maxBytes: 1_000 });
  await expect(firstValueFrom(request$)).rejects.toEqual(failure("too-large"));
});

it.each(["image/png", "text/plain"])("takes a body of just the length allowed, %s", async (type) => {
  const tile = Uint8Array.from({ length: 1_000 }, (_, i) => i);
  const url = await serve((_, response) =>
    response.writeHead(200, { "Content-Type": type, "Content-Length": "1000" }).end(tile),
  );
  expect((await get({ url, maxBytes: 1_000 })).body).toEqual(tile);
});

it("counts what a body is when it is unpacked, not what it declares", async () => {
  // What cannot be compressed gets longer by it.
  const tile = crypto.getRandomValues(new Uint8Array(2_000));
  const packed = gzipSync(tile);
  expect(packed.length).toBeGreaterThan(tile.length);
  const url = await serve((_, response) =>
    response
      .writeHead(200, {
        "Content-Type": "image/png",
        "Content-Encoding": "gzip",
        "Content-Length": String(packed.length),
      })
      .end(packed),
  );
  expect((await get({ url, maxBytes: 2_000 })).body).toEqual(tile);
  await expect(get({ url, maxBytes: 1_999 })).rejects.toEqual(failure("too-large"));
});

it.each([
  { type: "image/png", length: "4", encoding: undefined, isAtOnce: true },
  { type: "image/svg+xml", length: "4", encoding: undefined, isAtOnce: false },
  { type: "text/html", length: "4", encoding: undefined, isAtOnce: false },
  { type: "image/png", length: undefined, encoding: undefined, isAtOnce: false },
  { type: "image/png", length: "4", encoding: "gzip", isAtOnce: false },
])(
  "reads $type of length $length, encoded $encoding, at once: $isAtOnce",
  async ({ type, length, encoding, isAtOnce }) => {
    const headers = new Headers({ "content-type": type });
    if (length !== undefined) headers.set("content-length", length);
    if (encoding !== undefined) headers.set("content-encoding", encoding);
    const response = new Response(new Uint8Array(4), { headers });
    let wasAtOnce = false;
    const arrayBuffer = () => {
      wasAtOnce = true;
      return response.arrayBuffer();
    };
    const { status, url, redirected, body } = response;
    const fetched = { status, url, redirected, headers, body, arrayBuffer };
    const transport = fetchTransport({ AbortController, fetch: async () => fetched });
    expect((await firstValueFrom(transport.request({ url: "https://example.org/" }))).body).toEqual(new Uint8Array(4));
    expect(wasAtOnce).toBe(isAtOnce);
  },
);

it("leaves no timer behind", async () => {
  const url = await serve((_, response) => response.end("x"));
  const scheduler = new VirtualTimeScheduler();
  await firstValueFrom(fetchTransport(globalThis, { scheduler }).request({ url }));
  scheduler.flush();
  expect(scheduler.now()).toBe(0);
});

it.each(["image/png", "text/plain"])("tells a connection that breaks from one that never was, %s", async (type) => {
  const url = await serve((_, response) => {
    response.writeHead(200, { "Content-Type": type, "Content-Length": "100" });
    response.write("half", () => response.destroy());
  });
  await expect(get({ url })).rejects.toEqual(failure("interrupted"));
  const [server] = servers.splice(0);
  server?.closeAllConnections();
  server?.close();
  await expect(get({ url })).rejects.toEqual(failure("connect"));
});

it("says what waiting does not mend", async () => {
  await expect(get({ url: "no url at all" })).rejects.toEqual(failure("request"));
  for (const code of [
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "ERR_TLS_CERT_ALTNAME_INVALID",
  ]) {
    const fetch = async () => Promise.reject(new TypeError("fetch failed", { cause: { code } }));
    const transport = fetchTransport({ fetch, AbortController });
    await expect(firstValueFrom(transport.request({ url: "https://x" }))).rejects.toEqual(failure("request"));
  }
});

it("has to be given a platform, not its fetch alone", () => {
  expect(() => fetchTransport(fetch as never)).toThrow(/AbortController: self/);
});

it("does not wait for ever", async () => {
  const asked = Promise.withResolvers<void>();
  const url = await serve(() => asked.resolve());
  const scheduler = new VirtualTimeScheduler();
  const response = firstValueFrom(fetchTransport(globalThis, { timeoutMs: 30_000, scheduler }).request({ url }));
  const outcome = expect(response).rejects.toEqual(failure("timeout"));
  await asked.promise;
  scheduler.flush();
  await outcome;
  expect(scheduler.now()).toBe(30_000);
});

it("follows redirects, but not for ever", async () => {
  const url = await serve((request, response) => {
    if (request.url === "/end") response.end("there");
    else response.writeHead(302, { Location: request.url === "/loop" ? "/loop" : "/end" }).end();
  });
  expect(new TextDecoder().decode((await get({ url })).body)).toBe("there");
  await expect(get({ url: `${url}loop` })).rejects.toEqual(failure("redirect"));
});

it("does not follow from https to http", async () => {
  const platform = {
    AbortController,
    // No server of ours has a certificate that this process trusts.
    fetch: async () => ({
      ...new Response("x"),
      status: 200,
      url: "http://example.org/",
      redirected: true,
      headers: new Headers(),
      body: null,
    }),
  };
  const request$ = fetchTransport(platform).request({ url: "https://example.org/" });
  await expect(firstValueFrom(request$)).rejects.toEqual(failure("redirect"));
});

it("never repeats the URL, which may hold a key", async () => {
  for (const url of ["http://127.0.0.1:1/?key=SECRET", "no URL?key=SECRET"]) {
    const error: unknown = await get({ url }).catch((reason: unknown) => reason);
    expect(TransportError.isInstance(error)).toBe(true);
    expect(`${error} ${JSON.stringify(error)}`).not.toContain("SECRET");
  }
});

it("fails what is under way when it is closed, and all that comes after", async () => {
  const asked = Promise.withResolvers<void>();
  const url = await serve(() => asked.resolve());
  const transport = fetchTransport(globalThis);
  const outcome = expect(firstValueFrom(transport.request({ url }))).rejects.toEqual(failure("closed"));
  await asked.promise;
  await transport.close();
  await outcome;
  await expect(firstValueFrom(transport.request({ url }))).rejects.toEqual(failure("closed"));
  await transport.close();
});
