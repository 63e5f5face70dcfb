import { parseArgs } from "node:util";
import { parseFaults } from "../faults/parse-faults.ts";
import { readOneOf, readWhole } from "../faults/read-json.ts";
import { DEFAULT_OPTIONS, type ServerOptions } from "../server-options.ts";
import { UsageError } from "../usage-error.ts";
import { faultArguments, faultFlags } from "./fault-flags.ts";
import { numberOf } from "./number-of.ts";

export interface Arguments {
  readonly options: Omit<ServerOptions, "onLog">;
  readonly help: boolean;
  readonly json: boolean;
  readonly exitWithStdin: boolean;
}

const flags = {
  host: { type: "string" },
  port: { type: "string" },
  "control-port": { type: "string" },
  http2: { type: "boolean" },
  cors: { type: "string" },
  "max-age": { type: "string" },
  throughput: { type: "boolean" },
  log: { type: "boolean" },
  json: { type: "boolean" },
  "exit-with-stdin": { type: "boolean" },
  help: { type: "boolean" },
  ...faultFlags,
} as const;

/** @throws UsageError that names the flag */
export function parseArguments(args: readonly string[]): Arguments {
  const values = readFlags(args);
  const whole = (name: "port" | "control-port" | "max-age", most: number, otherwise: number) =>
    values[name] === undefined ? otherwise : readWhole(numberOf(values[name], `--${name}`), `--${name}`, 0, most);
  return {
    options: {
      host: values.host ?? DEFAULT_OPTIONS.host,
      port: whole("port", 65_535, DEFAULT_OPTIONS.port),
      controlPort: whole("control-port", 65_535, DEFAULT_OPTIONS.controlPort),
      http2: values.http2 ?? false,
      cors: values.cors === undefined ? "open" : readOneOf(values.cors, ["open", "strict"] as const, "--cors"),
      maxAgeSeconds: whole("max-age", 31_536_000, DEFAULT_OPTIONS.maxAgeSeconds),
      faults: parseFaults(faultArguments(values)),
      log: values.log ?? false,
      throughput: values.throughput ?? false,
      drawAhead: true,
    },
    help: values.help ?? false,
    json: values.json ?? false,
    exitWithStdin: values["exit-with-stdin"] ?? false,
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's own sentence names the flag; what it adds about "--" helps nobody here.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UsageError(`${sentence}. See --help.`);
  }
}
