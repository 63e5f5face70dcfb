import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, Script } from "node:vm";
import ts from "typescript";
import { build } from "vite";
import { describe, expect, it } from "vitest";
import { repositoryRoot } from "../bootstrap/repository-root.mjs";
import { temporaryTree } from "../testing/temporary-tree.ts";

const coreFolder = join(repositoryRoot, "packages", "core");

describe("the compiler, set up as core sets it up,", () => {
  const platform = [
    "document",
    "window",
    "navigator",
    "localStorage",
    "indexedDB",
    "process",
    "Buffer",
    "require",
    "fetch",
    "setTimeout",
    "setInterval",
    "queueMicrotask",
    "performance",
    "crypto",
    "console",
    "URL",
    "TextEncoder",
    "AbortController",
  ];

  const complaintsAbout = (code: string): string[] => {
    const config = ts.getParsedCommandLineOfConfigFile(join(coreFolder, "tsconfig.json"), undefined, {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => expect.fail(String(messageText)),
    });
    const file = join(temporaryTree({ "probe.ts": code }), "probe.ts");
    const program = ts.createProgram([file], config?.options ?? {});
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  };

  it("knows nothing of a platform", () => {
    const refused = complaintsAbout(`export const probe = [${platform.join(", ")}];`).flatMap(
      (complaint) => /^Cannot find name '(\w+)'/.exec(complaint)?.[1] ?? [],
    );
    expect(refused.sort()).toEqual(platform.sort());
  });

  it("knows the language", () => {
    const code = "export const probe = new Map([[Math.PI, new Float64Array(1)]]).size + [1].toSorted().length;";
    expect(complaintsAbout(code)).toEqual([]);
  });
});

describe("the linter, set up as the repository sets it up,", () => {
  const ambient = ["Date.now()", "new Date()", "Date()", "Date.now", "Math.random()", "Math.random", "globalThis"];
  const pure = ["new Date(0)", "Date.parse('2026-01-31')", "Math.max(1, 2)"];

  /** Which of these expressions it refuses in a file of this folder for not being pure. */
  const refusedIn = (folder: string, expressions: readonly string[]): string[] => {
    const setUp = ["biome.json", ".gitignore", "tools/pure-core.grit"];
    const root = temporaryTree({
      ...Object.fromEntries(setUp.map((path) => [path, readFileSync(join(repositoryRoot, path), "utf8")])),
      ...Object.fromEntries(
        expressions.map((code, i) => [`${folder}/probe-${i}.ts`, `export const probe = ${code};\n`]),
      ),
    });
    const biome = join(repositoryRoot, "node_modules", "@biomejs", "biome", "bin", "biome");
    const args = [biome, "lint", "--max-diagnostics=none", folder];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    const output = stdout + stderr;
    const refused = expressions.filter((_, i) => output.includes(`${folder}/probe-${i}.ts:1:22 plugin`));
    expect(output.split("core is pure").length - 1).toBe(refused.length);
    expect(status === 0).toBe(refused.length === 0);
    return refused;
  };

  it("refuses core the time and the chance that the language itself hands out", () => {
    expect(refusedIn("packages/core/src/region", [...ambient, ...pure])).toEqual(ambient);
  });

  it.each(["packages/core/test", "packages/core/bench", "packages/leaflet/src"])("refuses %s nothing", (folder) => {
    expect(refusedIn(folder, ambient)).toEqual([]);
  });
});

describe("core's sources", () => {
  const files = globSync("src/**/*.ts", { cwd: coreFolder });
  const code = files.map((file) => readFileSync(join(coreFolder, file), "utf8"));

  it.each([
    ["bring in no types", /^\s*\/\/\/\s*<reference/m],
    ["silence no check", /@ts-|biome-ignore/],
    ["name neither the clock nor chance", /\bDate\b|\bglobalThis\b|\bMath\s*\.\s*random|[}=]\s*Math\b(?!\.)/],
  ])("%s", (_, way) => {
    expect(code.length).toBeGreaterThan(20);
    // Whoever opens a root need not bring chance along: one file takes it from the language, and no other.
    const pure = files.filter((file) => file !== "src/root/chance.ts");
    expect(files.length - pure.length).toBe(1);
    expect(pure.filter((file) => way.test(code[files.indexOf(file)] ?? ""))).toEqual([]);
  });
});

it("core runs in a realm that has nothing but ECMAScript", async () => {
  const built = await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@fmtc/source", "module", "import", "default"] },
    build: {
      write: false,
      minify: false,
      lib: { entry: join(coreFolder, "src", "index.ts"), formats: ["iife"], name: "core" },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  if (result === undefined || !("output" in result)) return expect.fail("nothing was built");

  const realm = createContext({});
  expect(new Script("typeof setTimeout + typeof URL + typeof process").runInContext(realm)).toBe("undefined".repeat(3));
  new Script(result.output[0].code).runInContext(realm);
  const region = "core.parseRegion(core.circle({ lat: 47, lng: 8 }, 1000)).type";
  expect(new Script(region).runInContext(realm)).toBe("circle");
});
