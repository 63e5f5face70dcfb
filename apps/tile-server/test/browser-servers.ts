import type { TestProject } from "vitest/node";
import { startTileServer } from "../src/start-tile-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The addresses of servers that run while the browser's tests do, and of their control endpoints. */
    readonly servers: Readonly<Record<"open" | "openControl" | "strict" | "http2" | "http2Control", string>>;
  }
}

/** Starts the servers that pages are going to ask. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [open, strict, http2] = await Promise.all([
    startTileServer({ port: 0, log: true }),
    startTileServer({ port: 0, log: true, cors: "strict" }),
    startTileServer({ port: 0, log: true, http2: true }),
  ]);
  project.provide("servers", {
    open: open.url,
    openControl: open.controlUrl,
    strict: strict.url,
    http2: http2.url,
    http2Control: http2.controlUrl,
  });
  return async () => {
    await Promise.all([open.close(), strict.close(), http2.close()]);
  };
}
