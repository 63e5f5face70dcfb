import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { REPOSITORY } from "./demo-files.ts";

export const USAGE = `Usage: npm run demo [-- OPTION…]

The product's main job, without the internet: starts a tile server, counts and downloads two regions, is killed
half-way and goes on, stops the server, and draws the map from what is stored.

  --out FOLDER  where the database and the picture go (default: demo-output)
  --help        this text`;

export interface DemoOptions {
  readonly help: boolean;
  /** The folder for what the demo makes. */
  readonly out: string;
}

/** @throws TypeError if there is an option that does not exist, or that lacks its value. */
export function readOptions(words: readonly string[], userFolder: string): DemoOptions {
  const { values } = parseArgs({
    args: [...words],
    options: { help: { type: "boolean", short: "h" }, out: { type: "string" } },
  });
  return {
    help: values.help ?? false,
    out: values.out === undefined ? join(REPOSITORY, "demo-output") : resolve(userFolder, values.out),
  };
}
