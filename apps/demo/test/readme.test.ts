import { readFileSync } from "node:fs";
import { coverOf, multi } from "@fmtc/core";
import { expect, test } from "vitest";
import { city, downloadable, walk } from "../src/regions.ts";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

test("the root README's cover has the numbers that it says", () => {
  const [, count] = /^cover\.count; \/\/ ([\d,]*\d)/m.exec(readme) ?? [];
  const [, first] = /^cover\.at\(0\); \/\/ (.+)$/m.exec(readme) ?? [];
  const cover = coverOf(downloadable(multi([city, walk]), 8, 16));
  const { z, x, y } = cover.at(0) ?? {};
  expect(count).toBe(cover.count.toLocaleString("en"));
  expect(first).toBe(`{ z: ${z}, x: ${x}, y: ${y} }`);
});

test("the root README's download has the tiles that it says", () => {
  const { count } = coverOf(downloadable(city, 8, 14));
  expect(readme).toContain(`// ${count} new tiles, 0 skipped, 0 failed`);
});

test("the root README shows the picture that the demo draws", () => {
  expect(readme).toMatch(/^!\[.{40,}\]\(docs\/offline-map\.png\)$/m);
});
