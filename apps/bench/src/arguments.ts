import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

export interface Arguments {
  /** Empty: all. */
  readonly names: readonly string[];
  readonly isQuick: boolean;
  readonly jsonFile: string | undefined;
}

const USAGE = "Usage: npm run bench -- [NAME…] [--quick] [--json FILE]";

export function parseArguments(args: readonly string[]): Arguments {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { quick: { type: "boolean", default: false }, json: { type: "string" } },
    });
    return { names: positionals, isQuick: values.quick, jsonFile: values.json };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}. ${USAGE}`);
  }
}
