import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly builtChildren: string;
  }
}

const folder = mkdtempSync(join(tmpdir(), "fmtc-soak-children-"));

/**
 * Builds the scripts that tests run as processes of their own, with all they need: a child starts in a fifth of the time,
 * so that there is time to kill many.
 */
export async function setup(project: TestProject): Promise<void> {
  const soak = fileURLToPath(new URL("..", import.meta.url));
  const children = globSync("test/children/*.ts", { cwd: soak }).map((path) => [
    basename(path, ".ts"),
    join(soak, path),
  ]);
  await build({
    config: false,
    silent: true,
    // The store starts its thread from a file beside its own.
    entry: { ...Object.fromEntries(children), worker: join(soak, "../../packages/store-sqlite/src/worker.ts") },
    outDir: folder,
    outExtension: () => ({ js: ".js" }),
    format: "esm",
    target: "es2023",
    platform: "node",
    splitting: false,
    removeNodeProtocol: false,
    noExternal: [/./],
    // Some of it asks for Node's modules as CommonJS does.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    esbuildOptions: (options) => {
      options.conditions = ["@fmtc/source"];
    },
  });
  project.provide("builtChildren", folder);
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
