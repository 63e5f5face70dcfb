import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expiryOf } from "../src/response/expiry.ts";
import { parseHttpDate } from "../src/response/http-date.ts";
import { retryAfterMs } from "../src/response/retry-after.ts";
import { formatOf } from "../src/response/tile-format.ts";
import { verdictOf } from "../src/response/verdict.ts";
import { holds } from "./property.ts";

const NOW = Date.UTC(2026, 0, 15, 12);
const httpDate = (time: number) => new Date(time).toUTCString();
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const PNG = bytes("\x89PNG\r\n\x1a\n…");

describe("parseHttpDate", () => {
  it("agrees with the platform on days of seven centuries", () => {
    const second = fc.integer({ min: Date.UTC(1700, 0) / 1000, max: Date.UTC(2399, 11) / 1000 });
    holds(second, 3_000, (time) => {
      expect(parseHttpDate(httpDate(time * 1000))).toBe(time * 1000);
    });
    for (const day of [Date.UTC(2024, 1, 29), Date.UTC(2100, 1, 28), Date.UTC(2100, 2, 1), Date.UTC(2000, 1, 29)]) {
      expect(parseHttpDate(httpDate(day))).toBe(day);
    }
  });

  it("knows what is no date", () => {
    for (const text of ["", "0", "-1", "Sun Nov  6 08:49:37 1994", "Sun, 06 Foo 1994 08:49:37 GMT"]) {
      expect(parseHttpDate(text)).toBeUndefined();
    }
  });
});

describe("expiryOf", () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ["nothing", {}, undefined],
    ["max-age", { "cache-control": "public, max-age=60" }, 60],
    ["max-age in quotes and capitals", { "cache-control": 'Max-Age="60"' }, 60],
    ["max-age less age", { "cache-control": "max-age=60", age: "20" }, 40],
    ["an age beyond max-age", { "cache-control": "max-age=60", age: "90" }, 0],
    ["max-age before Expires", { "cache-control": "max-age=60", expires: httpDate(NOW + 5_000) }, 60],
    ["a max-age that is none", { "cache-control": "max-age=soon", expires: httpDate(NOW + 5_000) }, 5],
    ["no-cache", { "cache-control": "no-cache, max-age=60" }, 0],
    ["no-store", { "cache-control": "no-store" }, 0],
    ["Expires", { expires: httpDate(NOW + 7_000) }, 7],
    ["Expires by the server's clock", { expires: httpDate(NOW + 3_607_000), date: httpDate(NOW + 3_600_000) }, 7],
    ["Expires in the past", { expires: httpDate(NOW - 7_000) }, 0],
    ["Expires: 0", { expires: "0" }, 0],
    ["an endless max-age", { "cache-control": `max-age=${"9".repeat(30)}` }, 365 * 86_400],
    ["s-maxage, which is for shared caches", { "cache-control": "s-maxage=60" }, undefined],
  ])("reads %s", (_, headers, seconds) => {
    expect(expiryOf(headers, NOW)).toBe(seconds === undefined ? undefined : NOW + seconds * 1000);
  });
});

describe("retryAfterMs", () => {
  it.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ "retry-after": "120" }, 120_000],
    [{ "retry-after": httpDate(NOW + 9_000) }, 9_000],
    [{ "retry-after": httpDate(NOW + 9_000), date: httpDate(NOW + 4_000) }, 5_000],
    [{ "retry-after": httpDate(NOW - 9_000) }, 0],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-5" }, undefined],
  ])("reads %j", (headers, wanted) => {
    expect(retryAfterMs(headers, NOW)).toBe(wanted);
  });
});

describe("formatOf", () => {
  it.each<[string, string, string | undefined]>([
    ["a PNG", "\x89PNG\r\n\x1a\n", "png"],
    ["a JPEG", "\xff\xd8\xff\xe0", "jpeg"],
    ["a WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"],
    ["a GIF", "GIF89a", "gif"],
    ["an AVIF", "\x00\x00\x00\x1cftypavif", "avif"],
    ["gzip", "\x1f\x8b\x08\x00", "gzip"],
    ["a vector tile of two layers", "\x1a\x02ab\x1a\x01c", "mvt"],
    ["a vector tile with a long layer", `\x1a\xc8\x01${"x".repeat(200)}`, "mvt"],
    ["a vector tile that is cut off", "\x1a\x05ab", undefined],
    ["a vector tile with a rest", "\x1a\x02ab!", undefined],
    ["a length that never ends", `\x1a${"\xff".repeat(50)}`, undefined],
    ["a wave file", "RIFF\x00\x00\x00\x00WAVEfmt ", undefined],
    ["half a PNG's beginning", "\x89PNG", undefined],
    ["a page", "<!DOCTYPE html>", undefined],
    ["JSON", '{"error":1}', undefined],
    ["nothing", "", undefined],
  ])("knows %s", (_, text, format) => {
    expect(formatOf(bytes(text))).toBe(format);
  });

  it("knows a real file", () => {
    const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
    expect(formatOf(Buffer.from(pixel, "base64"))).toBe("png");
  });
});

describe("verdictOf", () => {
  const verdict = (status: number, headers: Record<string, string> = {}, body = PNG) =>
    verdictOf({ status, headers, body }, NOW);

  it("takes a tile with all that a store keeps of it", () => {
    const headers = { etag: '"1"', "last-modified": "then", "content-type": "image/png", "cache-control": "max-age=1" };
    expect(verdict(200, { ...headers, "content-length": String(PNG.length) })).toEqual({
      kind: "tile",
      bytes: PNG,
      expiresAt: NOW + 1_000,
      etag: '"1"',
      lastModified: "then",
      contentType: "image/png",
    });
  });

  it("names the media type where the server does not, or not well", () => {
    for (const headers of [{}, { "content-type": "text/plain" }, { "content-type": "application/octet-stream" }]) {
      expect(verdict(200, headers)).toMatchObject({ kind: "tile", contentType: "image/png" });
    }
  });

  it("refuses a page that says it is fine", () => {
    expect(verdict(200, { "content-type": "text/html" }, bytes("<html>"))).toEqual({
      kind: "invalid",
      problem: "The body is neither an image nor a vector tile, but text/html.",
    });
  });

  it("refuses a body that is empty, or not of the length declared", () => {
    expect(verdict(200, {}, bytes(""))).toMatchObject({ kind: "invalid" });
    expect(verdict(200, { "content-length": "5" })).toMatchObject({ kind: "invalid" });
    expect(verdict(200, { "content-length": "5", "content-encoding": "gzip" })).toMatchObject({ kind: "tile" });
  });

  it.each([
    [204, "empty"],
    [304, "unmodified"],
    [400, "negative"],
    [401, "negative"],
    [403, "negative"],
    [404, "negative"],
    [410, "negative"],
    [501, "negative"],
    [408, "transient"],
    [425, "transient"],
    [429, "transient"],
    [500, "transient"],
    [502, "transient"],
    [503, "transient"],
    [504, "transient"],
    [206, "invalid"],
    [302, "invalid"],
    [100, "invalid"],
  ])("takes status %i for %s", (status, kind) => {
    expect(verdict(status).kind).toBe(kind);
  });

  it("passes on how long to wait", () => {
    expect(verdict(429, { "retry-after": "7" })).toEqual({ kind: "transient", status: 429, retryAfterMs: 7_000 });
  });
});
