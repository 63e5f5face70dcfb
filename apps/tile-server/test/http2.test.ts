import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { type ClientHttp2Stream, connect, constants } from "node:http2";
import { Agent, request } from "undici";
import { expect, it, onTestFinished } from "vitest";
import type { TileServer } from "../src/start-tile-server.ts";
import { control, startServer } from "./start-server.ts";

/** A client that trusts the server's certificate and nobody else's. */
function agentFor({ certificate }: TileServer, allowH2: boolean): Agent {
  const agent = new Agent({ allowH2, connections: 1, connect: { ca: certificate ?? "" } });
  onTestFinished(() => agent.destroy());
  return agent;
}

it("serves HTTP/2 with a certificate of its own, all requests over one connection", async () => {
  const server = await startServer({ http2: true });
  const dispatcher = agentFor(server, true);
  const fetchTile = async (x: number) => {
    const { statusCode, headers, body } = await request(`${server.url}/xyz/4/${x}/5.png`, { dispatcher });
    return { statusCode, etag: headers.etag, length: (await body.arrayBuffer()).byteLength };
  };
  const answers = await Promise.all(Array.from({ length: 16 }, (_, x) => fetchTile(x)));
  expect(answers.every(({ statusCode, length }) => statusCode === 200 && length > 100)).toBe(true);
  const { entries } = server.log;
  expect(new Set(entries.map(({ httpVersion }) => httpVersion))).toEqual(new Set(["2.0"]));
  expect(new Set(entries.map(({ connection }) => connection)).size).toBe(1);

  const { statusCode, body } = await request(`${server.url}/xyz/4/8/5.png`, {
    dispatcher,
    headers: { "if-none-match": `${answers[8]?.etag}` },
  });
  await body.dump();
  expect(statusCode).toBe(304);
  expect(server.log.entries.at(-1)).toMatchObject({ ifNoneMatch: answers[8]?.etag, status: 304, httpVersion: "2.0" });
});

it("serves HTTP/1.1 over TLS on the same port", async () => {
  const server = await startServer({ http2: true });
  const { statusCode, body } = await request(`${server.url}/xyz/4/8/5.png`, { dispatcher: agentFor(server, false) });
  await body.dump();
  expect(statusCode).toBe(200);
  expect(server.log.entries[0]?.httpVersion).toBe("1.1");
});

it("answers HEAD, and names itself with https", async () => {
  const server = await startServer({ http2: true });
  const dispatcher = agentFor(server, true);
  const head = await request(`${server.url}/xyz/4/8/5.png`, { method: "HEAD", dispatcher });
  expect((await head.body.arrayBuffer()).byteLength).toBe(0);
  expect(Number(head.headers["content-length"])).toBeGreaterThan(100);
  const { body } = await request(`${server.url}/xyz.json`, { dispatcher });
  expect(await body.json()).toMatchObject({ tiles: [`${server.url}/xyz/{z}/{x}/{y}.png`] });
});

it("has a certificate for the names of this machine, signed by itself", async () => {
  const { certificate = "" } = await startServer({ http2: true });
  const x509 = new X509Certificate(certificate);
  expect(x509.verify(x509.publicKey)).toBe(true);
  expect(x509.checkHost("localhost")).toBe("localhost");
  expect(x509.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(x509.checkIP("::1")).toBe("::1");
  expect(Date.parse(x509.validFrom)).toBeLessThan(Date.now());
  expect(Date.parse(x509.validTo)).toBeGreaterThan(Date.now());
});

it("resets a stream and truncates a body without touching the other streams", async () => {
  const planned = { "/xyz/4/1/5.png": ["reset"], "/xyz/4/2/5.png": ["truncate"] };
  const server = await startServer({ http2: true, faults: { planned } });
  const dispatcher = agentFor(server, true);
  const fetchTile = async (x: number) => {
    const { body } = await request(`${server.url}/xyz/4/${x}/5.png`, { dispatcher });
    return (await body.arrayBuffer()).byteLength;
  };
  const results = await Promise.allSettled([0, 1, 2, 3].map(fetchTile));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  const { entries } = server.log;
  expect(new Set(entries.map(({ connection }) => connection)).size).toBe(1);
  expect(entries.find(({ outcome }) => outcome === "reset")?.status).toBeNull();
  expect(entries.find(({ outcome }) => outcome === "truncate")?.status).toBe(200);
});

it("breaks HTTP/1.1 over TLS, too", async () => {
  const planned = { "/xyz/4/1/5.png": ["reset"], "/xyz/4/2/5.png": ["truncate"] };
  const server = await startServer({ http2: true, faults: { planned } });
  const dispatcher = agentFor(server, false);
  for (const x of [1, 2]) {
    const fetching = request(`${server.url}/xyz/4/${x}/5.png`, { dispatcher }).then(({ body }) => body.arrayBuffer());
    await expect(fetching).rejects.toThrow();
  }
  expect(server.log.entries.map(({ outcome, httpVersion }) => [outcome, httpVersion])).toEqual([
    ["reset", "1.1"],
    ["truncate", "1.1"],
  ]);
});

it("is offline over HTTP/2, where the control endpoint needs no certificate", async () => {
  const server = await startServer({ http2: true });
  const dispatcher = agentFor(server, true);
  const fetchTile = async () =>
    (await (await request(`${server.url}/xyz/4/1/5.png`, { dispatcher })).body.bytes()).length;
  expect(await fetchTile()).toBeGreaterThan(0);
  await control({ url: server.controlUrl }, "PATCH", { offline: true });
  await expect(fetchTile()).rejects.toThrow();
  await control({ url: server.controlUrl }, "DELETE");
  expect(await fetchTile()).toBeGreaterThan(0);
});

it("knows a client that has left in mid-body by its stream, and by its connection", async () => {
  const server = await startServer({ http2: true, faults: { drip: { bytesPerSecond: 20_000 } } });
  const path = "/xyz/512/4/8/5@2x.png";
  const session = connect(server.url, { ca: server.certificate ?? "" });
  onTestFinished(() => session.destroy());
  for (const leave of [
    (stream: ClientHttp2Stream) => stream.close(constants.NGHTTP2_CANCEL),
    () => session.destroy(),
  ]) {
    const stream = session.request({ ":path": path });
    await once(stream, "data");
    leave(stream);
  }
  while (server.stats.report().total.gone < 2) await control({ url: server.controlUrl }, "GET", undefined, "/stats");
  expect(server.stats.report().tiles[path]).toMatchObject({ requests: 2, ok: 0, faulty: 0, gone: 2 });
  expect(server.log.entries.map(({ outcome }) => outcome)).toEqual(["gone", "gone"]);
  for (const { bytes } of server.log.entries) expect(bytes).toBeGreaterThan(0);
});

it("counts an answer over HTTP/2 when it is complete", async () => {
  const server = await startServer({ http2: true });
  const dispatcher = agentFor(server, true);
  for (const method of ["GET", "HEAD", "OPTIONS"] as const) {
    const { body } = await request(`${server.url}/xyz/4/8/5.png`, { method, dispatcher });
    const length = (await body.bytes()).length;
    expect(server.log.entries.at(-1)).toMatchObject({ method, outcome: "ok", bytes: length });
  }
  expect(server.stats.report()).toMatchObject({ others: 1, total: { requests: 2, ok: 2, gone: 0 } });
});
