import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { circle, coverOf, toDownloadable } from "../src/index.ts";

test("the README's example has the count that it says", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, count] = /^cover\.count; \/\/ ([\d,]*\d)/m.exec(readme) ?? [];
  const region = toDownloadable(circle({ lat: 51.5074, lng: -0.1278 }, 5_000), {
    minZoom: 8,
    maxZoom: 14,
    source: "topo",
  });
  expect(readme).toContain("circle({ lat: 51.5074, lng: -0.1278 }, 5_000), { minZoom: 8, maxZoom: 14");
  expect(count).toBe(coverOf(region).count.toLocaleString("en"));
});
