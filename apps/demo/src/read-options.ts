import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_FOLDER } from "./demo-files.ts";

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

/**
 * `npmOut`: what npm has taken for an option of its own.
 *
 * @throws TypeError if there is a word that the demo does not know, or an option that lacks its value.
 */
export function readOptions(words: readonly string[], userFolder: string, npmOut?: string): DemoOptions {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" }, out: { type: "string" } },
  });
  // Of `--out X` npm passes on the X, and of `--out=X` nothing.
  const stray = positionals[0] ?? (values.out === undefined ? npmOut : undefined);
  if (stray !== undefined) {
    throw new TypeError(`npm needs two dashes before options of the demo: npm run demo -- --out ${stray}`);
  }
  if (values.out === "") throw new TypeError("--out is empty: give the name of a folder.");
  return {
    help: values.help ?? false,
    out: values.out === undefined ? DEFAULT_FOLDER : resolve(userFolder, values.out),
  };
}
