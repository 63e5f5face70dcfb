import { fileURLToPath } from "node:url";
import { build } from "vite";

/** A script for browsers with all that it imports. */
export async function bundle(script: URL): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    root: fileURLToPath(new URL(".", script)),
    resolve: { conditions: ["@fmtc/source", "module", "browser", "import", "default"] },
    build: {
      write: false,
      target: "esnext",
      minify: false,
      rollupOptions: { input: fileURLToPath(script) },
    },
  });
  for (const each of Array.isArray(built) ? built : [built]) {
    if (!("output" in each)) continue;
    for (const chunk of each.output) if (chunk.type === "chunk" && chunk.isEntry) return chunk.code;
  }
  throw new Error(`Vite made no bundle of ${script.pathname}.`);
}
