import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { repositoryRoot } from "../bootstrap/repository-root.mjs";
import { temporaryTree } from "../testing/temporary-tree.ts";

const allowed: Record<string, string> = {
  "packages/core/src/index.ts": 'export * from "./root/root.ts";',
  "packages/core/src/errors/error.ts": "export const error = 1;",
  "packages/core/src/geo/tile.ts": 'export * from "./mercator.ts";',
  "packages/core/src/geo/mercator.ts": "export const mercator = 1;",
  "packages/core/src/region/region.ts": 'export * from "../geo/tile.ts"; export * from "../errors/error.ts";',
  "packages/core/src/cover/cover.ts": 'export * from "../geo/tile.ts"; export * from "../region/region.ts";',
  "packages/core/src/ports/tile-store.ts": 'import "rxjs"; export * from "../cover/cover.ts";',
  "packages/core/src/store/lease.ts": 'import "rxjs"; export * from "../ports/tile-store.ts";',
  "packages/core/src/download/engine.ts": 'import "rxjs"; export * from "../cover/cover.ts";',
  "packages/core/src/download/lanes.ts": 'import "./cursor.ts"; export const lanes = 1;',
  "packages/core/src/download/cursor.ts": "export const cursor = 1;",
  "packages/core/src/root/root.ts": 'export * from "../download/engine.ts";',
  "packages/core/src/remote/serve-root.ts": 'import "rxjs"; export * from "../root/root.ts";',
  "packages/core/src/testing/index.ts": 'import "vitest"; export * from "../root/root.ts";',
  "packages/core/test/a.test.ts": 'import "vitest"; import "node:fs"; import "../src/index.ts"; import "dev";',
  "packages/core/bench/a.bench.ts": 'import "../../../tools/bench/define.ts"; import "dev";',
  "packages/core/vitest.config.ts": 'import "../../tools/suites.ts";',
  "packages/leaflet/src/index.ts": 'export * from "@fmtc/core"; import "rxjs"; import "leaf"; import "./layer.ts";',
  "packages/leaflet/src/layer.ts": 'import type { error } from "@fmtc/core"; export type Layer = typeof error;',
  "packages/store-sqlite/src/index.ts": 'import "node:sqlite"; import "@fmtc/core";',
  "apps/web/src/index.ts": 'import "@fmtc/leaflet"; import "@fmtc/core"; import "node:fs"; import "rxjs";',
  "tools/bench/define.ts": "export const define = 1;",
  "tools/suites.ts": "export const suites = 1;",
};

/** Each of these files breaks the arrow that it is listed under, and no other. */
const forbidden: Record<string, Record<string, string>> = {
  "no-circle": {
    "packages/core/src/download/cursor.ts": 'import type { lanes } from "./lanes.ts"; export type C = typeof lanes;',
  },
  "no-dead-end": { "apps/web/src/dead.ts": 'import "./nowhere.ts";' },
  "core-imports-only-rxjs": {
    "packages/core/src/browse/a.ts": 'import "vitest";',
    "packages/core/src/browse/b.ts": 'import "@fmtc/leaflet";',
  },
  "core-testing-imports-only-rxjs-and-vitest": { "packages/core/src/testing/a.ts": 'import "leaf";' },
  "core-takes-no-platform-from-rxjs": { "packages/core/src/browse/ajax.ts": 'import "rxjs/ajax";' },
  "core-errors-points-inward": { "packages/core/src/errors/a.ts": 'import "../geo/tile.ts";' },
  "core-geo-points-inward": {
    "packages/core/src/geo/a.ts": 'import "../region/region.ts";',
    "packages/core/src/geo/b.ts": 'import "../errors/error.ts";',
    "packages/core/src/geo/c.ts": 'import "rxjs";',
    "packages/core/src/geo/d.ts": 'import type { region } from "../region/region.ts"; export type D = typeof region;',
  },
  "core-region-points-inward": { "packages/core/src/region/a.ts": 'import "../cover/cover.ts";' },
  "core-cover-points-inward": { "packages/core/src/cover/a.ts": 'import "../download/engine.ts";' },
  "core-source-points-inward": { "packages/core/src/source/a.ts": 'import "../region/region.ts";' },
  "core-ports-points-inward": { "packages/core/src/ports/a.ts": 'import "../store/lease.ts";' },
  "core-response-points-inward": { "packages/core/src/response/a.ts": 'import "../errors/error.ts";' },
  "core-transport-points-inward": { "packages/core/src/transport/a.ts": 'import "../store/lease.ts";' },
  "core-recovery-points-inward": { "packages/core/src/recovery/a.ts": 'import "../errors/error.ts";' },
  "core-download-points-inward": { "packages/core/src/download/c.ts": 'import "../geo/tile.ts";' },
  "core-store-points-inward": { "packages/core/src/store/a.ts": 'import "../download/engine.ts";' },
  "core-remote-points-inward": { "packages/core/src/remote/a.ts": 'import "../cover/cover.ts";' },
  "core-root-points-inward": { "packages/core/src/root/a.ts": 'import "../remote/serve-root.ts";' },
  "core-root-is-outermost": { "packages/core/src/browse/a-root.ts": 'import "../root/root.ts";' },
  "core-rooms-do-not-import-the-index": { "packages/core/src/browse/index-user.ts": 'import "../index.ts";' },
  "core-does-not-import-testing": { "packages/core/src/browse/tested.ts": 'import "../testing/index.ts";' },
  "adapter-imports-only-core": { "packages/leaflet/src/a.ts": 'import "@fmtc/store-sqlite";' },
  "src-imports-only-what-its-package-declares": {
    "packages/leaflet/src/b.ts": 'import "other";',
    "packages/leaflet/src/c.ts": 'import "dev";',
  },
  "app-imports-only-what-it-declares": { "apps/web/src/a.ts": 'import "other";' },
  "node-only-where-node-is": { "packages/leaflet/src/d.ts": 'import "node:fs";' },
  "package-imports-no-app": { "packages/leaflet/test/a.test.ts": 'import "@fmtc-apps/web";' },
  "app-imports-no-other-app": { "apps/cli/src/a.ts": 'import "@fmtc-apps/web";' },
  "package-is-imported-by-its-name": {
    "packages/leaflet/src/e.ts": 'import "../../core/src/geo/tile.ts";',
    "apps/web/test/a.test.ts": 'import "../../../packages/core/src/geo/tile.ts";',
  },
  "tools-are-for-tooling": {
    "packages/leaflet/src/f.ts": 'import "../../../tools/bench/define.ts";',
    "packages/core/test/b.test.ts": 'import "../../../tools/suites.ts";',
  },
};

const workspace = (name: string, rest: object = {}) =>
  JSON.stringify({ name, version: "1.0.0", type: "module", exports: { "@fmtc/source": "./src/index.ts" }, ...rest });

const manifests = {
  "package.json": JSON.stringify({ private: true, type: "module", devDependencies: { vitest: "1", other: "1" } }),
  "packages/core/package.json": workspace("@fmtc/core", {
    peerDependencies: { rxjs: "7", vitest: "1" },
    devDependencies: { dev: "1" },
  }),
  "packages/leaflet/package.json": workspace("@fmtc/leaflet", {
    dependencies: { leaf: "1" },
    peerDependencies: { "@fmtc/core": "1", rxjs: "7" },
    devDependencies: { "@fmtc/core": "1", dev: "1" },
  }),
  "packages/store-sqlite/package.json": workspace("@fmtc/store-sqlite", { peerDependencies: { "@fmtc/core": "1" } }),
  "apps/web/package.json": workspace("@fmtc-apps/web", {
    dependencies: { "@fmtc/core": "1", "@fmtc/leaflet": "1", rxjs: "7" },
  }),
  "apps/cli/package.json": workspace("@fmtc-apps/cli"),
};

const rxjs = {
  "node_modules/rxjs/package.json": JSON.stringify({
    name: "rxjs",
    version: "7.0.0",
    exports: { ".": "./esm/index.js", "./ajax": "./esm/ajax/index.js" },
  }),
  "node_modules/rxjs/esm/index.js": "",
  "node_modules/rxjs/esm/ajax/index.js": "",
};
const installed = Object.fromEntries(
  ["vitest", "leaf", "dev", "other"].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" })],
    [`node_modules/${name}/index.js`, ""],
  ]),
);

const links = {
  "node_modules/@fmtc/core": "../../packages/core",
  "node_modules/@fmtc/leaflet": "../../packages/leaflet",
  "node_modules/@fmtc/store-sqlite": "../../packages/store-sqlite",
  "node_modules/@fmtc-apps/web": "../../apps/web",
};

/** The broken arrows of a tree, as `rule: file`. */
function brokenArrows(files: Record<string, string>): string[] {
  const root = temporaryTree({ ...manifests, ...rxjs, ...installed, ...files }, links);
  const config = join(repositoryRoot, "tools", "arrows.config.mjs");
  const program = join(repositoryRoot, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const args = [program, "packages", "apps", "tools", "--config", config, "--output-type", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  const found: { summary: { violations: { from: string; rule: { name: string } }[] } } = JSON.parse(stdout);
  return [...new Set(found.summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`))].sort();
}

it("lets every allowed import pass", () => {
  expect(brokenArrows(allowed)).toEqual([]);
});

it("names each forbidden import and the arrow it breaks", () => {
  const expected = Object.entries(forbidden).flatMap(([rule, files]) =>
    Object.keys(files).map((file) => `${rule}: ${file}`),
  );
  expect(brokenArrows(Object.assign({}, allowed, ...Object.values(forbidden)))).toEqual(expected.sort());
});

it("tries every arrow", async () => {
  const { default: config } = await import("../arrows.config.mjs");
  expect(Object.keys(forbidden).sort()).toEqual(config.forbidden.map((rule: { name?: string }) => rule.name).sort());
});
