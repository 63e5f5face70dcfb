import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import type { TestProject } from "vitest/node";
import { temporaryFolder } from "./temporary-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly builtChildren: string;
  }
}

const { folder, remove } = temporaryFolder();

/**
 * Builds the scripts that tests run as processes of their own, as the package is built: a child starts in a tenth of the
 * time, and the thread that writes is the built one.
 */
export async function setup(project: TestProject): Promise<void> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const children = globSync("test/children/*.ts", { cwd: root }).map((path) => [
    basename(path, ".ts"),
    join(root, path),
  ]);
  await build({
    config: false,
    silent: true,
    entry: { ...Object.fromEntries(children), worker: join(root, "src/worker.ts") },
    outDir: folder,
    outExtension: () => ({ js: ".js" }),
    format: "esm",
    target: "es2023",
    platform: "node",
    splitting: false,
    removeNodeProtocol: false,
    noExternal: [/./],
    esbuildOptions: (options) => {
      options.conditions = ["@fmtc/source"];
    },
  });
  project.provide("builtChildren", folder);
}

export function teardown(): void {
  remove();
}
