import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { serve, serveRaw } from "./servers.ts";
import { failure, fetchBy, get, textOf, transportWith } from "./transports.ts";

const head = (...lines: string[]) => `${["HTTP/1.1 200 OK", ...lines].join("\r\n")}\r\n\r\n`;

it.each([
  ["a body that is shorter than declared", head("Content-Length: 100") + "x".repeat(99)],
  ["no body where one was declared", head("Content-Length: 100")],
  ["a chunk that is cut short", `${head("Transfer-Encoding: chunked")}64\r\n${"x".repeat(99)}`],
  ["chunks without an end", `${head("Transfer-Encoding: chunked")}1\r\nx\r\n`],
  ["a chunk of impossible length", `${head("Transfer-Encoding: chunked")}zz\r\nx\r\n0\r\n\r\n`],
  ["two lengths", `${head("Content-Length: 3", "Content-Length: 4")}tile`],
  ["a length that is no number", `${head("Content-Length: 0x4")}tile`],
  ["headers that are cut short", "HTTP/1.1 200 OK\r\nContent-Len"],
  ["nothing", ""],
  ["garbage", randomBytes(500).toString("latin1")],
  ["another protocol", "SSH-2.0-OpenSSH_9.9\r\n"],
])("%s: interrupted", async (_, answer) => {
  const { url } = await serveRaw((socket) => socket.end(answer, "latin1"));
  await expect(get({ url })).rejects.toEqual(failure("interrupted"));
});

it.each([
  ["before the headers", ""],
  ["in the body", head("Content-Length: 100000") + "x".repeat(5_000)],
  ["in a body that comes in chunks", `${head("Transfer-Encoding: chunked")}1000\r\n${"x".repeat(0x1000)}\r\n`],
])("a connection that is reset %s: interrupted", async (_, answer) => {
  const { url } = await serveRaw((socket) => {
    if (answer === "") socket.resetAndDestroy();
    else socket.write(answer, () => socket.resetAndDestroy());
  });
  await expect(get({ url })).rejects.toEqual(failure("interrupted"));
});

it("a body that is longer than declared: what was declared, and the rest is never another's response", async () => {
  const { url, connections } = await serveRaw((socket, request) => {
    const path = /^GET (\S+)/.exec(request)?.[1];
    socket.write(`${head("Content-Length: 5")}${path}${head("Content-Length: 5")}/evil`);
  });
  const transport = transportWith({ connections: 1 });
  const responses = await Promise.all(["1aaa", "2bbb", "3ccc"].map((path) => fetchBy(transport, { url: url + path })));
  expect(responses.map(textOf)).toEqual(["/1aaa", "/2bbb", "/3ccc"]);
  expect(connections()).toBe(3);
});

it("interim responses: passed over", async () => {
  const hints = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";
  const { url } = await serveRaw((socket) => socket.write(`${hints}${hints}${head("Content-Length: 4")}tile`));
  const response = await get({ url });
  expect(response).toMatchObject({ status: 200, headers: { "content-length": "4" } });
  expect(response.headers).not.toHaveProperty("link");
  expect(textOf(response)).toBe("tile");
});

it("a flood of headers: too large", async () => {
  const { url } = await serveRaw((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    const more = () => {
      while (!socket.destroyed && socket.write(`X-${"y".repeat(1_000)}: z\r\n`));
    };
    socket.on("drain", more);
    more();
  });
  await expect(get({ url })).rejects.toEqual(failure("too-large", /headers/));
});

it("a server that is not there: connect", async () => {
  const { url, stop } = await serve(() => {});
  await stop();
  await expect(get({ url })).rejects.toEqual(failure("connect", /ECONNREFUSED/));
});

it("a host that does not exist: connect", async () => {
  await expect(get({ url: "http://tiles.invalid/" })).rejects.toEqual(failure("connect", /ENOTFOUND|EAI_AGAIN/));
});

it("no response: timeout", async () => {
  const { url } = await serve(() => {});
  await expect(get({ url }, { headersTimeoutMs: 100 })).rejects.toEqual(failure("timeout", /begin/));
});

it("a body that pauses: timeout", async () => {
  const { url } = await serve((_, response) => response.write("the beginning"));
  await expect(get({ url }, { bodyTimeoutMs: 100 })).rejects.toEqual(failure("timeout", /paused/));
});

it("a body that drips for ever: timeout, and its connection is closed", async () => {
  const closed = Promise.withResolvers<void>();
  const { url } = await serveRaw((socket) => {
    socket.on("close", () => closed.resolve());
    const drip = () => setImmediate(() => socket.destroyed || socket.write("x", drip));
    socket.write(head("Content-Length: 9000000"), drip);
  });
  await expect(get({ url }, { timeoutMs: 150 })).rejects.toEqual(failure("timeout", /150 ms/));
  await closed.promise;
});

it("interim responses for ever: timeout", async () => {
  const { url } = await serveRaw((socket) => {
    const repeat = () =>
      setImmediate(() => socket.destroyed || socket.write("HTTP/1.1 102 Processing\r\n\r\n", repeat));
    repeat();
  });
  await expect(get({ url }, { timeoutMs: 150 })).rejects.toEqual(failure("timeout", /150 ms/));
});

it("a server that takes connections and never says a word of TLS: connect", async () => {
  const { url } = await serveRaw(() => {}, "https");
  await expect(get({ url }, { connectTimeoutMs: 100 })).rejects.toEqual(failure("connect", /TIMEOUT/));
});

it("time in the queue is not the server's: it does not count", async () => {
  let hold = true;
  const { url } = await serve((_, response) => {
    if (!hold) response.end("tile");
  });
  const transport = transportWith({ connections: 1, timeoutMs: 1_000 });
  const first = fetchBy(transport, { url });
  const second = fetchBy(transport, { url });
  await expect(first.finally(() => (hold = false))).rejects.toEqual(failure("timeout"));
  expect(textOf(await second)).toBe("tile");
});

it("connections that cannot be made: each failure may be answered by another try at once", async () => {
  const { url, stop } = await serve(() => {});
  await stop();
  for (const target of [url, url.replace("http:", "https:")]) {
    const transport = transportWith({ connections: 1 });
    await new Promise<void>((resolve) => {
      let tries = 0;
      const attempt = () => {
        tries += 1;
        if (tries > 20) resolve();
        else transport.request({ url: target }).subscribe({ error: attempt });
      };
      for (let lane = 0; lane < 3; lane++) attempt();
    });
  }
});

it("what was given up while its connection was made frees its place when that ends", async () => {
  const { url } = await serveRaw(() => {}, "https");
  const transport = transportWith({ connections: 1, allowH2: false, connectTimeoutMs: 100 });
  transport.request({ url }).subscribe().unsubscribe();
  await expect(fetchBy(transport, { url })).rejects.toEqual(failure("connect"));
});
