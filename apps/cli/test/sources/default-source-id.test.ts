import { describe, expect, it } from "vitest";
import { defaultSourceId } from "../../src/sources/default-source-id.ts";
import { urlIsPublic } from "../../src/sources/url-is-public.ts";

const KEY = "a1b2c3d4e5f6a7b8c9d0e1f2";

describe("the name of a URL's tiles", () => {
  it.each([
    ["https://tiles.example.org/topo/{z}/{x}/{y}.png", "tiles.example.org/topo"],
    ["https://tiles.example.org/{z}/{x}/{y}.png", "tiles.example.org"],
    ["HTTPS://{s}.Tiles.Example.org/Topo/{z}/{x}/{-y}{r}.png", "tiles.example.org/Topo"],
    ["http://localhost:8090/xyz/512/{z}/{x}/{y}.png", "localhost:8090/xyz/512"],
    ["https://t{s}.example.org/{quadkey}.jpeg?n=z", "t.example.org"],
    ["https://example.org/tiles{r}/{z}-{x}-{y}@2x.png", "example.org/tiles"],
    ["https://example.org/wms?layers=topo&styles=&bbox={bbox-epsg-3857}&format=png", "example.org/wms?layers=topo"],
    ["https://example.org/wms?layers={layer}&bbox={bbox-epsg-3857}", "example.org/wms"],
    [`https://example.org/${KEY}/topo/{z}/{x}/{y}.png`, "example.org/topo"],
    ["https://example.org/services;key=1234/tiles/{z}/{x}/{y}.png", "example.org/services/tiles"],
    ["https://example.org/{key}/topo/{z}/{x}/{y}.png", "example.org/topo"],
    ["https://{host}/{z}/{x}/{y}.png", ""],
  ])("%s is %j", (url, id) => {
    expect(defaultSourceId(url)).toBe(id);
  });

  it("stays when the key changes", () => {
    const of = (query: string) => defaultSourceId(`https://example.org/topo/{z}/{x}/{y}.png${query}`);
    expect(new Set([of(""), of("?key=1"), of("?key=2&v=3"), of("?key={key}"), of("#4")])).toEqual(
      new Set(["example.org/topo"]),
    );
  });
});

describe("a URL that can be shown", () => {
  it.each([
    ["https://tiles.example.org/topo/{z}/{x}/{y}@2x.png", true],
    ["https://{s}.example.org/{z}/{x}/{y}.png", true],
    ["https://example.org/{z}/{x}/{y}.png?key=1", false],
    ["https://me@example.org/{z}/{x}/{y}.png", false],
    [`https://example.org/${KEY}/{z}/{x}/{y}.png`, false],
    ["https://example.org/services;key=1234/{z}/{x}/{y}.png", false],
  ])("%s: %s", (url, is) => {
    expect(urlIsPublic(url)).toBe(is);
  });
});
