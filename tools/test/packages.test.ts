import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { repositoryRoot } from "../bootstrap/repository-root.mjs";

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly version: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const read = (...path: string[]) => readFileSync(join(repositoryRoot, ...path), "utf8");
const workspaces = globSync("{packages,apps}/*/package.json", { cwd: repositoryRoot }).map((path) => {
  const manifest: Manifest = JSON.parse(read(path));
  return { folder: path.replace(/[/\\]package\.json$/, ""), manifest, name: manifest.name };
});
const packages = workspaces.filter(({ folder }) => folder.startsWith("packages"));
const apps = workspaces.filter(({ folder, manifest }) => folder.startsWith("apps") && manifest.bin === undefined);
/** Apps that people install. */
const programs = workspaces.filter(({ manifest }) => manifest.bin !== undefined);

it("finds the packages and the programs", () => {
  expect(packages.map(({ name }) => name)).toContain("@fmtc/core");
  expect(programs.map(({ name }) => name)).toEqual(["@fmtc/cli"]);
});

describe.each(packages)("$name", ({ folder, manifest, name }) => {
  it("is named after its folder and ready to be published", () => {
    expect(name).toBe(`@fmtc/${folder.slice("packages/".length)}`);
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/\.$/),
      license: "MIT",
      type: "module",
      sideEffects: false,
      engines: { node: expect.stringMatching(/^>=22\.\d+$/) },
      publishConfig: { access: "public" },
    });
    expect(manifest.private).toBeUndefined();
  });

  it("exports its source to us, its types, and the build to everyone, in this order", () => {
    const { "./package.json": own, ...entries } = manifest.exports ?? {};
    expect(own).toBe("./package.json");
    expect(Object.keys(entries)).toContain(".");
    for (const entry of Object.values(entries)) {
      // As text, because the order of the conditions decides.
      expect(JSON.stringify(entry)).toMatch(
        /^\{"@fmtc\/source":"\.\/src\/[\w/-]+\.ts","types":"\.\/dist\/[\w/-]+\.d\.ts","default":"\.\/dist\/[\w/-]+\.js"\}$/,
      );
    }
  });

  it("leaves core and rxjs to its user, so that there is one copy of each", () => {
    const shared = ["@fmtc/core", "rxjs"];
    expect(shared.filter((dependency) => manifest.dependencies?.[dependency] !== undefined)).toEqual([]);
    const usesCore = globSync("src/**/*.ts", { cwd: join(repositoryRoot, folder) }).some((file) =>
      /from "@fmtc\/core/.test(read(folder, file)),
    );
    if (!usesCore) return;
    expect(manifest.peerDependencies).toHaveProperty("@fmtc/core");
    // turbo overlooks peer dependencies: without this one a change in core would not test the adapter again.
    expect(manifest.devDependencies).toHaveProperty("@fmtc/core");
  });

  it("packs what it exports", () => {
    const exported = JSON.stringify(manifest.exports).match(/dist\/[\w/.-]+/g) ?? [];
    expect(packedFiles(folder)).toEqual(expect.arrayContaining(exported));
  });

  it("declares the values that it exports, and no others", async () => {
    const entries = JSON.stringify(manifest.exports).match(/dist\/[\w/-]+(?=\.d\.ts)/g) ?? [];
    for (const entry of entries) {
      const built = join(repositoryRoot, folder, entry);
      const values = declaredValues(`${built}.d.ts`);
      expect([...values].sort()).toEqual(Object.keys(await import(pathToFileURL(`${built}.js`).href)).sort());
    }
  });
});

describe.each(programs)("$name", ({ folder, manifest, name }) => {
  it("is named after its folder and ready to be published", () => {
    expect(name).toBe(`@fmtc/${folder.slice("apps/".length)}`);
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/\.$/),
      license: "MIT",
      type: "module",
      engines: { node: expect.stringMatching(/^>=22\.\d+$/) },
      publishConfig: { access: "public" },
    });
    expect(manifest.private).toBeUndefined();
  });

  it("runs as it is packed", () => {
    for (const file of Object.values(manifest.bin ?? {})) {
      expect(packedFiles(folder)).toContain(file.replace(/^\.\//, ""));
      const path = join(repositoryRoot, folder, file);
      expect(execFileSync(process.execPath, [path, "--version"], { encoding: "utf8" })).toBe(`${manifest.version}\n`);
    }
  });
});

describe.each([...packages, ...programs])("$name", ({ folder, manifest }) => {
  it("has a README and the licence of the repository", () => {
    expect(existsSync(join(repositoryRoot, folder, "README.md"))).toBe(true);
    expect(read(folder, "LICENSE")).toBe(read("LICENSE"));
  });

  it("packs the build and what describes it, and nothing else", () => {
    const others = packedFiles(folder).filter((path) => !/^dist\/[\w/.-]+\.(js|js\.map|d\.ts)$/.test(path));
    expect(others.sort()).toEqual(["LICENSE", "README.md", "package.json"]);
  });

  it("uses no library without a reason", () => {
    const reasons = read("docs", "dependencies.md");
    const libraries = Object.keys(manifest.dependencies ?? {});
    expect(libraries.filter((library) => !reasons.includes(`\`${library}\``))).toEqual([]);
  });
});

it.each(apps)("$name is named after its folder and never published", ({ folder, manifest, name }) => {
  expect(name).toBe(`@fmtc-apps/${folder.slice("apps/".length)}`);
  expect(manifest.private).toBe(true);
});

it.each(workspaces)("$name has the scripts that check it", ({ folder, manifest }) => {
  const tests = globSync("test/**/*.test.ts", { cwd: join(repositoryRoot, folder) });
  const inBrowser = tests.filter((file) => /\.(browser|both)\.test\.ts$/.test(file));
  const inNode = tests.filter((file) => !file.endsWith(".browser.test.ts"));
  const expected = [
    ...(existsSync(join(repositoryRoot, folder, "tsconfig.json")) ? ["typecheck"] : []),
    ...(folder.startsWith("packages") || manifest.bin ? ["build", "typecheck", "check:package"] : []),
    ...(inNode.length > 0 ? ["test"] : []),
    ...(inBrowser.length > 0 ? ["test:browser"] : []),
  ];
  expect(Object.keys(manifest.scripts ?? {})).toEqual(expect.arrayContaining(expected));
});

function packedFiles(folder: string): readonly string[] {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const options = {
    cwd: join(repositoryRoot, folder),
    encoding: "utf8",
    shell: process.platform === "win32",
  } as const;
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(execFileSync("npm", args, options));
  return files.map(({ path }) => path);
}

/** The values that a declaration file exports, those that it re-exports from others included. */
function declaredValues(declarations: string): readonly string[] {
  const options = { module: ts.ModuleKind.Preserve, target: ts.ScriptTarget.ES2023, skipLibCheck: true };
  const program = ts.createProgram([declarations], options);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(declarations);
  const module = file && checker.getSymbolAtLocation(file);
  const isValue = (symbol: ts.Symbol) => {
    if (symbol.declarations?.some((each) => ts.isTypeOnlyImportOrExportDeclaration(each))) return false;
    const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (meant.flags & ts.SymbolFlags.Value) !== 0;
  };
  return (module === undefined ? [] : checker.getExportsOfModule(module)).filter(isValue).map(({ name }) => name);
}
