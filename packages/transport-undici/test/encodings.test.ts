import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { serve } from "./servers.ts";
import { failure, get, textOf } from "./transports.ts";

const tile = Buffer.from("a vector tile, ".repeat(1_000));

/** The response to these bytes with this encoding. */
async function answered(encoding: string, bytes: Buffer, status = 200, maxBytes?: number) {
  const { url } = await serve((_, response) => {
    const headers = { "Content-Encoding": encoding, "Content-Length": bytes.length, "Content-Type": "application/x" };
    response.writeHead(status, headers).end(bytes);
  });
  return get({ url, maxBytes });
}

it.each([
  ["gzip", gzipSync(tile)],
  ["x-gzip", gzipSync(tile)],
  ["GZip", gzipSync(tile)],
  ["br", brotliCompressSync(tile)],
  ["deflate", deflateSync(tile)],
  ["deflate", deflateRawSync(tile)],
  ["deflate, gzip", gzipSync(deflateSync(tile))],
  ["identity, gzip", gzipSync(tile)],
])("undoes %s", async (encoding, bytes) => {
  const response = await answered(encoding, bytes);
  expect(textOf(response)).toBe(tile.toString());
  expect(response.headers).toMatchObject({ "content-type": "application/x" });
  expect(response.headers).not.toHaveProperty("content-encoding");
  expect(response.headers).not.toHaveProperty("content-length");
  expect(response.body.buffer.byteLength).toBe(tile.length);
  expect(Object.getPrototypeOf(response.body)).toBe(Uint8Array.prototype);
});

it("undoes it in failures, too", async () => {
  expect(textOf(await answered("gzip", gzipSync("try later"), 503))).toBe("try later");
});

it.each(["zstd", "gzip, unheard-of", "gzip, gzip, gzip, gzip", "constructor"])(
  "leaves %s as it came, and says so",
  async (encoding) => {
    const response = await answered(encoding, tile);
    expect(textOf(response)).toBe(tile.toString());
    expect(response.headers).toMatchObject({ "content-encoding": encoding, "content-length": `${tile.length}` });
  },
);

it("leaves an empty body empty", async () => {
  expect((await answered("gzip", Buffer.alloc(0))).body.length).toBe(0);
});

it("takes what has just the length allowed when it is unpacked", async () => {
  expect((await answered("gzip", gzipSync(tile), 200, tile.length)).body.length).toBe(tile.length);
  await expect(answered("gzip", gzipSync(tile), 200, tile.length - 1)).rejects.toEqual(failure("too-large"));
});

it.each([
  ["gzip", gzipSync(Buffer.alloc(50_000_000))],
  ["br", brotliCompressSync(Buffer.alloc(50_000_000))],
  ["gzip, gzip", gzipSync(gzipSync(Buffer.alloc(50_000_000)))],
])("refuses a bomb in %s", async (encoding, bytes) => {
  expect(bytes.length).toBeLessThan(100_000);
  await expect(answered(encoding, bytes)).rejects.toEqual(failure("too-large"));
});

it.each([
  ["damaged", Buffer.from("no gzip at all")],
  ["cut short", gzipSync(tile).subarray(0, 50)],
])("says when it is %s", async (_, bytes) => {
  await expect(answered("gzip", bytes)).rejects.toEqual(failure("interrupted", /compressed/));
});

it("asks for what it can undo, unless told otherwise", async () => {
  const seen: unknown[] = [];
  const { url } = await serve((request, response) => {
    seen.push(request.headers["accept-encoding"]);
    response.end();
  });
  await get({ url });
  await get({ url, headers: { "accept-encoding": "identity" } });
  expect(seen).toEqual(["gzip, deflate, br", "identity"]);
});
