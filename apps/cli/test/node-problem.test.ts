import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nodeProblem } from "../src/node-problem.ts";

const manifest: { engines: { node: string } } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

it("refuses what package.json refuses, in a sentence", () => {
  const oldest = manifest.engines.node.replace(">=", "");
  expect(nodeProblem("20.20.2")).toBe(`fmtc needs Node ${oldest} or newer, and this is 20.20.2: https://nodejs.org`);
  expect(nodeProblem("22.18.0")).toContain(oldest);
  for (const version of [`${oldest}.0`, "22.20.1", "24.0.0", "26.1.0"]) expect(nodeProblem(version)).toBeUndefined();
});
