import { expect, it } from "vitest";
import { firstHop } from "../src/hop.ts";

const ORIGIN = "https://tiles.example.org";

// An origin that is known is not read again, and what is sent must be the same nonetheless.
it.each([
  "/12/2045/1362.png",
  "/v2/12/2045/1362@2x.webp?key=a-b_c&style=outdoor",
  "/wms?bbox=-1.5,2,3e4,5&layers=a:b",
  "/",
  "//12/1/2.png",
  "/a/../12/1/2.png",
  "/a/./12/1/2.png",
  "/a/%2e%2e/12/1/2.png",
  "/.../12/1/2.png",
  "/a b/12.png",
  "/tile?q=a b",
  '/tile?q="a"<b>`c`{d}',
  "/Zürich/12.png",
  "\\12\\1\\2.png",
  "/12/1/2.png#top",
  "/12/1\n/2.png",
  "/12/1/2.png?",
  ":443/12/1/2.png",
  ":8443/12/1/2.png",
  "@evil.example/12/1/2.png",
  ".evil.example/12/1/2.png",
  "?x=/12/1/2.png",
])("asks for %j as a URL says", (rest) => {
  const url = ORIGIN + rest;
  const read = () => firstHop(url, [], new Set());
  const known = () => firstHop(url, [], new Set([ORIGIN]));
  if (rest.startsWith("@")) return expect(known).toThrow("user name");
  const { origin, pathname, search } = new URL(url);
  expect(read()).toEqual({ origin, path: pathname + search, headers: [], redirects: 0 });
  expect({ ...known(), path: known().path.replace(/\?$/, "") }).toEqual(read());
});
