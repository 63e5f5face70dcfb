import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FoundBenchmark } from "./find-benchmarks.ts";
import { UsageError } from "./usage-error.ts";

/** The installed versions of the libraries that these benchmarks name. */
export function libraryVersions(found: readonly FoundBenchmark[]): Record<string, string> {
  const versions: Record<string, string> = {};
  for (const { benchmark, file } of found) {
    for (const name of benchmark.libraries ?? []) versions[name] = versionFrom(dirname(file), name);
  }
  return versions;
}

/** Node's own way of looking for it; require.resolve would stop at a package that does not export its package.json. */
function versionFrom(folder: string, name: string): string {
  const manifest = join(folder, "node_modules", name, "package.json");
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).version;
  if (dirname(folder) === folder)
    throw new UsageError(`A benchmark names the library "${name}", which is not installed.`);
  return versionFrom(dirname(folder), name);
}
