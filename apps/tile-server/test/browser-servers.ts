import type { TestProject } from "vitest/node";
import { startTileServer } from "../src/start-tile-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The addresses of servers that run while the browser's tests do. */
    readonly servers: { readonly open: string; readonly strict: string; readonly http2: string };
  }
}

/** Starts the servers that pages are going to ask. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [open, strict, http2] = await Promise.all([
    startTileServer({ port: 0, log: true }),
    startTileServer({ port: 0, log: true, cors: "strict" }),
    startTileServer({ port: 0, log: true, http2: true }),
  ]);
  project.provide("servers", { open: open.url, strict: strict.url, http2: http2.url });
  return async () => {
    await Promise.all([open.close(), strict.close(), http2.close()]);
  };
}
