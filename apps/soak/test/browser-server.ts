import type { TestProject } from "vitest/node";
import { startTileServer } from "./tile-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The tile server that pages download from. */
    readonly mapUrl: string;
  }
}

/** Starts the server that pages are going to ask. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTileServer("--throughput");
  project.provide("mapUrl", server.url);
  return server.stop;
}
