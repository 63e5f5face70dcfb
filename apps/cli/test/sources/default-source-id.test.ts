import { describe, expect, it } from "vitest";
import { defaultSourceId } from "../../src/sources/default-source-id.ts";
import { sourceIdOfUrl } from "../../src/sources/source-id-of-url.ts";
import { unnameablePart } from "../../src/sources/unnameable-part.ts";
import { urlIsPublic } from "../../src/sources/url-is-public.ts";
import { UsageError } from "../../src/usage-error.ts";

const KEY = "a1b2c3d4e5f6a7b8c9d0e1f2";
const UUID = "550e8400-e29b-41d4-a716-446655440000";

const NAMES = [
  ["https://tiles.example.org/topo/{z}/{x}/{y}.png", "tiles.example.org/topo"],
  ["https://tiles.example.org/topo/{z}/{x}/{y}@2x.png", "tiles.example.org/topo@2x.png"],
  ["https://tiles.example.org/topo/{z}/{x}/{y}.webp", "tiles.example.org/topo.webp"],
  ["https://tiles.example.org/topo/{z}/{x}/{y}", "tiles.example.org/topo/"],
  ["https://tiles.example.org/topo/{z}/{x}/{y}.png?key={key}", "tiles.example.org/topo?key"],
  ["https://tiles.example.org/topo/{z}/{x}/{y}.png?{key}", "tiles.example.org/topo/{z}/{x}/{y}.png?{}"],
  ["https://tiles.example.org/topo/{z}/{x}/{y}.png?={key}", "tiles.example.org/topo/{z}/{x}/{y}.png?={}"],
  ["https://tiles.example.org/topo/{z}/{x}/{y}.png?", "tiles.example.org/topo?"],
  ["https://tiles.example.org/topo/{z}/{x}/{y}{r}.png", "tiles.example.org/topo/{z}/{x}/{y}{}.png"],
  ["https://tiles.example.org/topo/{z}/{x}/{y}big.png", "tiles.example.org/topo/{z}/{x}/{y}big.png"],
  ["https://tiles.example.org/topo/{z}-{x}-{y}.png", "tiles.example.org/topo/{z}-{x}-{y}.png"],
  ["https://tiles.example.org/topo?x={x}&y={y}&z={z}", "tiles.example.org/topo?x={x}&y={y}&z={z}"],
  [
    "https://tiles.example.org/topo/{z}/{x}/{y}.png?x={x}&y={y}&z={z}",
    "tiles.example.org/topo/{z}/{x}/{y}.png?x={x}&y={y}&z={z}",
  ],
  ["https://tiles.example.org/topo.webp/{z}/{x}/{y}.png", "tiles.example.org/topo.webp/{z}/{x}/{y}.png"],
  ["https://tiles.example.org/topo/{z}/{y}/{x}.png", "tiles.example.org/topo/{z}/{y}/{x}.png"],
  ["https://tiles.example.org/topo/{z}/{x}/{-y}.png", "tiles.example.org/topo/{z}/{x}/{-y}.png"],
  ["https://tiles.example.org/topo/{quadkey}.png", "tiles.example.org/topo/{quadkey}.png"],
  ["https://tiles.example.org/{z}/topo/{x}/{y}.png", "tiles.example.org/{z}/topo/{x}/{y}.png"],
  ["https://tiles.example.org/topo//{z}/{x}/{y}.png", "tiles.example.org/topo//{z}/{x}/{y}.png"],
  ["https://tiles.example.org/topo;v=2/{z}/{x}/{y}.png", "tiles.example.org/topo;v=2/{z}/{x}/{y}.png"],
  ["https://tiles.example.org/{key}/topo/{z}/{x}/{y}.png", "tiles.example.org/{}/topo/{z}/{x}/{y}.png"],
  [
    "https://tiles.example.org/v4/mapbox.satellite/{z}/{x}/{y}.png",
    "tiles.example.org/v4/mapbox.satellite/{z}/{x}/{y}.png",
  ],
  ["https://tiles.example.org/{z}/{x}/{y}.png", "tiles.example.org"],
  ["https://tiles.example.org/{z}/{x}/{y}", "tiles.example.org/"],
  ["https://tiles.example.org/{z}/{x}/{y}@2x.png", "tiles.example.org/@2x.png"],
  ["https://tiles.example.org.png/{z}/{x}/{y}.png", "tiles.example.org.png"],
  ["https://{host}.example.org/topo/{z}/{x}/{y}.png", "{}.example.org/topo/{z}/{x}/{y}.png"],
  ["http://localhost:8090/xyz/512/{z}/{x}/{y}.png", "localhost:8090/xyz/512"],
] as const;

describe("the name of a URL's tiles", () => {
  it.each(NAMES)("%s is %j", (url, id) => {
    expect(defaultSourceId(url)).toBe(id);
  });

  it("is another one for each of these", () => {
    expect(new Set(NAMES.map(([url]) => defaultSourceId(url))).size).toBe(NAMES.length);
  });

  it("is the same over another scheme, by another subdomain, and with other names of placeholders", () => {
    const urls = [
      "https://{s}.Tiles.example.org/Topo/{z}/{x}/{y}.png?key={key}",
      "HTTP://tiles.example.org/Topo/{z}/{x}/{y}.png?key={secret}#4",
    ];
    expect(new Set(urls.map(defaultSourceId))).toEqual(new Set(["tiles.example.org/Topo?key"]));
    expect(defaultSourceId("https://{host}/{z}/{x}/{y}.png")).toBe("");
  });
});

describe("what has no place in a name", () => {
  const path = "{z}/{x}/{y}.png";

  it.each([
    [`https://example.org/${path}?key=1234`, 'the field "key"'],
    [`https://example.org/${path}?a={a}&layers=topo`, 'the field "layers"'],
    [`https://example.org/${path}?v=2{x}`, 'the field "v"'],
    ["https://example.org/wms?service=WMS&bbox={bbox-epsg-3857}", 'the field "service"'],
    [`https://example.org/${path}?1234`, "a part of the query"],
    [`https://example.org/${path}?${KEY}=1`, "a part of the query"],
    [`https://example.org/${path}?${KEY}={a}`, "a part of the query"],
    [`https://example.org/${KEY}/${path}`, "a part of the path"],
    [`https://example.org/maps/${UUID}/${path}`, "a part of the path"],
    [`https://example.org/services;key=1234/${path}`, "a part of the path"],
    [`https://example.org/access_token=abc/${path}`, "a part of the path"],
    [`https://${KEY}.example.org/${path}`, "a part of the host"],
  ])("%s: %s", (url, part) => {
    expect(unnameablePart(url)).toBe(part);
    const message = `--url has ${part}, which may be a key or say which map it is: name the tiles with --source ID, and put a key into --param, as in …?key={key} --param key=1234.`;
    expect(() => sourceIdOfUrl(url, {})).toThrow(new UsageError(message));
    expect(urlIsPublic(url)).toBe(false);
  });

  it.each([
    `https://example.org/${path}`,
    `https://example.org/${path}?key={key}`,
    `https://example.org/;key={key}/${path}`,
    "https://example.org/light-street-map-of-europe/{z}/{x}/{y}@2x.png",
    "https://{s}.example.org/2024/{z}/{x}/{y}.png",
  ])("nothing of %s", (url) => {
    expect(unnameablePart(url)).toBeUndefined();
    expect(sourceIdOfUrl(url, {})).toBe(defaultSourceId(url.replace("{r}", "")));
    expect(urlIsPublic(url)).toBe(true);
  });
});

describe("what tells one map from another, and is not in the URL itself", () => {
  const url = "https://{s}.example.org/{style}/{z}/{x}/{y}.png?key={apiKey}";

  it("makes --source required, unless it stands for a key", () => {
    expect(() => sourceIdOfUrl(url, { style: "winter" })).toThrow("--url has {style}, which may say which map it is");
    expect(sourceIdOfUrl(url.replace("{style}", "winter"), { s: "a,b" })).toBe("example.org/winter?key");
    for (const name of ["design", "mapkeys", "author", "username"]) {
      expect(() => sourceIdOfUrl(`https://example.org/{${name}}/{z}/{x}/{y}.png`, {})).toThrow(`--url has {${name}}`);
    }
    for (const name of ["key", "apiKey", "access_token"]) {
      expect(sourceIdOfUrl(`https://example.org/topo/{z}/{x}/{y}.png?k={${name}}`, {})).toBe("example.org/topo?k");
    }
  });

  it.each([
    ["https://{s}.example.org/{z}/{x}/{y}.png", "topo"],
    ["https://a{s}.example.org/{z}/{x}/{y}.png", "1,2"],
    ["https://example.org/{s}/{z}/{x}/{y}.png", "topo,sat"],
    ["https://{s}.example.org/{s}/{z}/{x}/{y}.png", "a,b"],
  ])("makes --source required for %s with s=%s, which are no servers with the same map", (template, s) => {
    expect(() => sourceIdOfUrl(template, { s })).toThrow("--url has {s}, which may say which map it is");
  });

  it("is in the name, if it is the resolution", () => {
    const dense = "https://example.org/topo/{z}/{x}/{y}{r}.png";
    expect(sourceIdOfUrl(dense, { r: "@2x" })).toBe("example.org/topo@2x.png");
    expect(sourceIdOfUrl(dense, {})).toBe("example.org/topo");
  });
});

describe("a URL that can be shown", () => {
  it.each(["https://me@example.org/{z}/{x}/{y}.png", "https://example.org/{z}/{x}/{y}.png#1234"])(
    "is not %s",
    (url) => {
      expect(urlIsPublic(url)).toBe(false);
    },
  );
});
