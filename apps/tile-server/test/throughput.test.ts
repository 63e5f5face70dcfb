import { connect } from "node:net";
import { expect, it } from "vitest";
import { control, get, startServer } from "./start-server.ts";

const PATH = "/xyz/16/33000/22000.png";

it("serves real tiles that were drawn beforehand, each address always the same", async () => {
  const server = await startServer({ throughput: true, log: false });
  const bodies = new Set<string>();
  for (let x = 0; x < 64; x++) {
    const { status, headers, body } = await get(server, `/xyz/16/${x}/0.png`);
    expect([status, headers["content-type"], headers["access-control-allow-origin"]]).toEqual([200, "image/png", "*"]);
    expect(headers["cache-control"]).toBe("public, max-age=86400");
    expect(body.subarray(1, 4).toString()).toBe("PNG");
    bodies.add(body.toString("latin1"));
  }
  expect(bodies.size).toBeGreaterThan(8);
  const again = await startServer({ throughput: true, log: false });
  expect((await get(again, PATH)).headers.etag).toBe((await get(server, PATH)).headers.etag);
});

it("counts, and answers conditional requests", async () => {
  const server = await startServer({ throughput: true, log: false });
  const { headers, body } = await get(server, PATH);
  const again = await get(server, PATH, { "if-none-match": headers.etag ?? "" });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  expect(server.stats.report().tiles[PATH]).toEqual({
    requests: 2,
    conditional: 1,
    ok: 1,
    notModified: 1,
    faulty: 0,
    gone: 0,
    bytes: body.length,
  });
});

it("counts answers that cannot be sent at once, as others are before them", async () => {
  const server = await startServer({ throughput: true, log: false });
  const socket = connect(server.port, "127.0.0.1");
  const one = `GET ${PATH} HTTP/1.1\r\nhost: localhost\r\n`;
  socket.write(`${one}\r\n${one}\r\n${one}connection: close\r\n\r\n`);
  await socket.resume().toArray();
  expect(server.stats.report().tiles[PATH]).toMatchObject({ requests: 3, ok: 3, gone: 0 });
});

it("has the same tiles outside of the map as ever: none", async () => {
  const server = await startServer({ throughput: true, log: false });
  for (const [path, status] of [
    ["/xyz/3/8/0.png", 404],
    ["/xyz/23/0/0.png", 404],
    ["/xyz/3/08/0.png", 400],
    ["/xyz/3//0.png", 400],
    ["/xyz/3/1/0/0.png", 400],
    ["/xyz/3/-1/0.png", 404],
    ["/xyz/.png", 400],
  ] as const) {
    expect((await get(server, path)).status).toBe(status);
  }
});

it("has the same pictures for those it cannot serve quickly", async () => {
  const server = await startServer({ throughput: true, log: false });
  const logged = await startServer({ throughput: true, log: true });
  for (let x = 0; x < 8; x++) {
    const path = `/xyz/16/${x}/0.png`;
    const quick = await get(server, path);
    const { etag = "", "last-modified": lastModified = "" } = quick.headers;
    const thorough = await get(logged, path);
    expect(thorough.body.equals(quick.body)).toBe(true);
    const { date: _, ...headers } = thorough.headers;
    expect(quick.headers).toMatchObject(headers);
    expect((await get(server, path, { "if-modified-since": lastModified })).status).toBe(304);
    expect((await get(server, path, { "if-none-match": `"x", ${etag}` })).status).toBe(304);
    expect((await get(server, path, { "if-none-match": '"x"' })).body.equals(quick.body)).toBe(true);
  }
});

it("gives way to faults and to the log", async () => {
  const server = await startServer({ throughput: true, log: false });
  await control(server, "PATCH", { errors: { 500: 1 } });
  expect((await get(server, PATH)).status).toBe(500);
  await control(server, "DELETE");
  expect((await get(server, PATH)).status).toBe(200);
  const logged = await startServer({ throughput: true });
  await get(logged, PATH);
  expect(logged.log.entries).toMatchObject([{ path: PATH, status: 200 }]);
});
