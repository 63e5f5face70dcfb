import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { TransportError } from "@fmtc/core";
import { firstValueFrom } from "rxjs";
import { Agent, EnvHttpProxyAgent } from "undici";
import { expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { serve } from "./servers.ts";
import { failure, fetchBy, get, textOf, transportWith } from "./transports.ts";

it("gives status, headers and the whole body of any response", async () => {
  const { url } = await serve((request, response) => {
    response.writeHead(404, [
      ["ETag", '"1"'],
      ["X-Seen", `${request.headers["x-sent"]} ${request.url}`],
      ["X-Twice", "a"],
      ["X-Twice", "b"],
    ]);
    response.write("one ");
    response.end("two");
  });
  const response = await get({ url: `${url}12/3/4.png?key=a%20b#x`, headers: { "X-Sent": "yes" } });
  expect({ status: response.status, body: textOf(response) }).toEqual({ status: 404, body: "one two" });
  expect(response.headers).toMatchObject({ etag: '"1"', "x-seen": "yes /12/3/4.png?key=a%20b", "x-twice": "a, b" });
});

it.each([
  ["declared", { "Content-Length": "300000" }],
  ["not declared", {}],
])("gives a body whose length is %s memory of its own, and no more than it needs", async (_, headers) => {
  const sent = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
  const { url } = await serve((_, response) => response.writeHead(200, headers).end(sent));
  const { body } = await get({ url });
  expect(body).toEqual(sent);
  expect(Object.getPrototypeOf(body)).toBe(Uint8Array.prototype);
  expect(body.buffer.byteLength).toBe(300_000);
});

it("gives an empty body where there is none", async () => {
  const { url } = await serve((request, response) => {
    if (request.url === "/304") response.writeHead(304, { "Content-Length": "8192", ETag: '"1"' }).end();
    else if (request.url === "/204") response.writeHead(204).end();
    else response.writeHead(200, { "Content-Length": "0" }).end();
  });
  const transport = transportWith();
  for (const status of [200, 204, 304]) {
    expect(await fetchBy(transport, { url: url + status })).toMatchObject({ status, body: new Uint8Array() });
  }
});

it("passes on what is a response and no tile, such as a page of HTML with status 200", async () => {
  const { url } = await serve((_, response) => response.setHeader("Content-Type", "text/html").end("<h1>Sorry</h1>"));
  const response = await get({ url });
  expect(response).toMatchObject({ status: 200, headers: { "content-type": "text/html" } });
  expect(textOf(response)).toBe("<h1>Sorry</h1>");
});

it("asks once for each subscription, and not before", async () => {
  let requests = 0;
  const { url } = await serve((_, response) => {
    requests += 1;
    response.end();
  });
  const request$ = transportWith().request({ url });
  expect(requests).toBe(0);
  await firstValueFrom(request$);
  await firstValueFrom(request$);
  expect(requests).toBe(2);
});

it("says who asks, in each request", async () => {
  const seen: unknown[] = [];
  const { url } = await serve((request, response) => {
    seen.push(request.headers["user-agent"]);
    response.end();
  });
  await get({ url }, { appId: "hiking-app/1.0", contact: "https://example.org/about" });
  await get({ url }, { appId: "hiking-app" });
  await get({ url, headers: { "user-agent": "as the source says" } });
  const ours = `fmtc/${manifest.version}`;
  expect(seen).toEqual([
    `hiking-app/1.0 (+https://example.org/about) ${ours}`,
    `hiking-app ${ours}`,
    "as the source says",
  ]);
});

it("keeps connections, and makes no more of them than there are requests at a time", async () => {
  const { url, connections } = await serve((_, response) => response.end("tile"));
  const transport = transportWith();
  // Each lane asks for the next within the event that brings the last.
  await new Promise<void>((resolve, reject) => {
    let done = 0;
    const next = (left: number) => {
      if (left === 0) {
        done += 1;
        if (done === 5) resolve();
      } else transport.request({ url }).subscribe({ next: () => next(left - 1), error: reject });
    };
    for (let lane = 0; lane < 5; lane++) next(20);
  });
  expect(connections()).toBe(5);
});

it("aborts when nobody listens any more, and goes on with others", async () => {
  const asked = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  const { url } = await serve((request, response) => {
    if (request.url === "/other") return response.end("other");
    response.on("close", () => aborted.resolve());
    response.write("the beginning");
    return asked.resolve();
  });
  const transport = transportWith({ connections: 1 });
  const events: string[] = [];
  const subscription = transport.request({ url }).subscribe({
    next: () => events.push("next"),
    error: () => events.push("error"),
    complete: () => events.push("complete"),
  });
  const other = fetchBy(transport, { url: `${url}other` });
  await asked.promise;
  subscription.unsubscribe();
  await aborted.promise;
  expect(textOf(await other)).toBe("other");
  expect(events).toEqual([]);
});

it("never asks for what was given up before its turn", async () => {
  const seen: unknown[] = [];
  const { url, connections } = await serve((request, response) => {
    seen.push(request.url);
    response.end();
  });
  const transport = transportWith({ connections: 1 });
  // The first waits for its connection, the second for the first.
  for (const path of ["connecting", "waiting"])
    transport
      .request({ url: url + path })
      .subscribe()
      .unsubscribe();
  await fetchBy(transport, { url: `${url}wanted` });
  expect(seen).toEqual(["/wanted"]);
  expect(connections()).toBe(1);
});

it("takes a body of just the length allowed", async () => {
  const tenMegabytes = new Uint8Array(10_000_000);
  const { url } = await serve((request, response) => {
    if (request.url === "/declared") response.setHeader("Content-Length", tenMegabytes.length);
    response.end(tenMegabytes);
  });
  const transport = transportWith();
  for (const path of ["declared", "chunked"]) {
    expect((await fetchBy(transport, { url: url + path })).body.length).toBe(10_000_000);
  }
});

it("stops reading a body that is too long", async () => {
  const aborted = Promise.withResolvers<void>();
  const { url } = await serve((_, response) => {
    response.on("close", () => aborted.resolve());
    const more = () => {
      while (response.write(new Uint8Array(10_000))) if (response.destroyed) return;
    };
    response.on("drain", more);
    more();
  });
  await expect(get({ url, maxBytes: 50_000 })).rejects.toEqual(failure("too-large", /50000 bytes/));
  await aborted.promise;
});

it("does not even begin a body that is declared to be too long", async () => {
  const aborted = Promise.withResolvers<void>();
  const { url } = await serve((_, response) => {
    response.on("close", () => aborted.resolve());
    response.writeHead(200, { "Content-Length": "10000001" });
    response.flushHeaders();
  });
  await expect(get({ url })).rejects.toEqual(failure("too-large"));
  await aborted.promise;
});

it("fails what is under way or waits when it is closed, and all that comes after", async () => {
  const asked = Promise.withResolvers<void>();
  const { url } = await serve(() => asked.resolve());
  const transport = transportWith({ connections: 1 });
  const outcomes = ["under way", "waits"].map(() =>
    expect(fetchBy(transport, { url })).rejects.toEqual(failure("closed")),
  );
  await asked.promise;
  await transport.close();
  await Promise.all(outcomes);
  await expect(fetchBy(transport, { url })).rejects.toEqual(failure("closed"));
  await transport.close();
});

it("lets nobody in who comes back at once when it is closed", async () => {
  const asked = Promise.withResolvers<void>();
  const { url } = await serve(() => asked.resolve());
  const transport = transportWith();
  const again = Promise.withResolvers<unknown>();
  transport.request({ url }).subscribe({
    error: () => transport.request({ url }).subscribe({ error: again.resolve }),
  });
  await asked.promise;
  await transport.close();
  expect(await again.promise).toEqual(failure("closed"));
});

it("closes its connections", async () => {
  const closed = Promise.withResolvers<void>();
  const { url } = await serve((request, response) => {
    request.socket.on("close", () => closed.resolve());
    response.end();
  });
  const transport = transportWith();
  await fetchBy(transport, { url });
  await transport.close();
  await closed.promise;
});

it.each(["closed", "open"])("lets the process end by itself when it is %s and nothing is under way", async (end) => {
  const { url } = await serve((request, response) => {
    response.setHeader("Keep-Alive", "timeout=600");
    if (request.url === "/") response.writeHead(302, { Location: "/tile" }).end();
    else response.end("tile");
  });
  const script = fileURLToPath(new URL("children/one-request.ts", import.meta.url));
  const flags = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", "--conditions=@fmtc/source"];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, url, end]);
  expect(stdout).toBe("4 bytes\n");
});

it("never repeats the URL or a header, which may hold a key", async () => {
  const gone = await serve(() => {});
  await gone.stop();
  const { url } = await serve((request) => request.socket.destroy());
  const requests = [
    { url: `${gone.url}?key=SECRET` },
    { url: `${url}?key=SECRET` },
    { url: "no URL?key=SECRET" },
    { url: "ftp://SECRET.example/" },
    { url: "http://user:SECRET@127.0.0.1:1/" },
    { url, headers: { "X-Key": "SECRET\n" } },
    { url, headers: { "SECRET key": "1" } },
    { url: `${url}redirect`, headers: { Authorization: "SECRET" } },
  ];
  for (const request of requests) {
    const error: unknown = await get(request).catch((reason: unknown) => reason);
    expect(TransportError.isInstance(error)).toBe(true);
    expect(`${error} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain("SECRET");
    expect((error as Error).cause).toBeUndefined();
  }
});

it.each(["tiles", "ftp://tiles.example/", "file:///etc/hosts", "http://me:SECRET@127.0.0.1/"])(
  "does not ask for %s, and does not call that being offline",
  async (url) => {
    await expect(get({ url })).rejects.toEqual(failure("request", /URL/));
  },
);

it("goes on after a request that cannot be sent", async () => {
  const { url } = await serve((_, response) => response.end("tile"));
  const transport = transportWith({ connections: 1 });
  const bad = Array.from({ length: 3 }, () =>
    expect(fetchBy(transport, { url, headers: { "X-Key": "a\nb" } })).rejects.toEqual(failure("request", /line break/)),
  );
  expect(textOf(await fetchBy(transport, { url }))).toBe("tile");
  await Promise.all(bad);
});

it("goes on when the server closes a connection after each response", async () => {
  const { url, connections } = await serve((_, response) => response.setHeader("Connection", "close").end("tile"));
  const transport = transportWith({ connections: 1 });
  const responses = await Promise.all([1, 2, 3].map(() => fetchBy(transport, { url })));
  expect(responses.map(textOf)).toEqual(["tile", "tile", "tile"]);
  expect(connections()).toBe(3);
});

it("sends by a dispatcher that it is given, as many at a time as there may be connections", async () => {
  const waiting: (() => void)[] = [];
  const { url } = await serve((_, response) => {
    waiting.push(() => response.end("tile"));
    if (waiting.length === 2) for (const answer of waiting.splice(0)) answer();
  });
  const dispatcher = new Agent();
  const origins: unknown[] = [];
  const recording = {
    dispatch: (...[options, handler]: Parameters<typeof dispatcher.dispatch>) => {
      origins.push(options.origin);
      return dispatcher.dispatch(options, handler);
    },
  };
  const transport = transportWith({ dispatcher: recording, connections: 2 });
  const responses = await Promise.all([1, 2, 3, 4].map(() => fetchBy(transport, { url })));
  expect(responses.map(textOf)).toEqual(["tile", "tile", "tile", "tile"]);
  expect(origins).toEqual(Array(4).fill(new URL(url).origin));
  await transport.close();
  expect(dispatcher.closed).toBe(false);
  await dispatcher.close();
});

it("never goes past a dispatcher that it is given, whatever happens to that", async () => {
  const { url } = await serve((_, response) => response.end("tile"));
  const agent = new Agent();
  const codes = ["ERR_HTTP2_INVALID_SESSION", "UND_ERR_DESTROYED"];
  let dispatched = 0;
  const dispatch: Agent["dispatch"] = (options, handler) => {
    dispatched += 1;
    const code = codes.shift();
    if (code === undefined) return agent.dispatch(options, handler);
    agent.dispatch(options, {
      onRequestStart: (controller, context) => {
        handler.onRequestStart?.(controller, context);
        controller.abort(Object.assign(new Error("lost"), { code }));
      },
      onResponseStart: () => {},
      onResponseData: () => {},
      onResponseEnd: () => {},
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    });
    return false;
  };
  const transport = transportWith({ dispatcher: { dispatch } });
  for (let i = 0; i < 2; i++) await expect(fetchBy(transport, { url })).rejects.toEqual(failure("interrupted"));
  expect(textOf(await fetchBy(transport, { url }))).toBe("tile");
  expect(dispatched).toBe(3);
  await agent.close();
});

it("goes through a proxy by undici's own agent for it", async () => {
  const { url } = await serve((request, response) => response.end(`from ${request.headers.host}`));
  const seen: unknown[] = [];
  const proxy = await serve((request, response) => {
    seen.push(request.url);
    response.end("from the proxy");
  });
  const dispatcher = new EnvHttpProxyAgent({ httpProxy: proxy.url, noProxy: "" });
  const response = await get({ url: `${url}tile` }, { dispatcher });
  expect(textOf(response)).toBe("from the proxy");
  expect(seen).toEqual([`${url}tile`]);
  await dispatcher.close();
});
