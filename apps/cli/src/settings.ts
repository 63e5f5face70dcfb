import { resolve } from "node:path";
import { type Config, readConfigFile } from "./sources/config-file.ts";
import { defaultDatabase } from "./stores/default-database.ts";
import { UsageError } from "./usage-error.ts";

/** The options that all commands have. */
export interface GlobalOptions {
  readonly db?: string | undefined;
  readonly config?: string | undefined;
  readonly debug?: true | undefined;
}

/** Where the tiles are, and what the configuration file says. */
export interface Settings {
  /** The path of the database, absolute. */
  readonly db: string;
  /** Whether nobody has named it, so that its folder is ours to make. */
  readonly isDefaultDb: boolean;
  readonly config: Config | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Options go before the environment, and that before the configuration file.
 *
 * @throws UsageError
 */
export async function readSettings(options: GlobalOptions, env: Environment): Promise<Settings> {
  const named = namedFile("--config", options.config) ?? fromEnvironment(env.FMTC_CONFIG);
  const config = await readConfigFile(named ?? "fmtc.config.json", env);
  if (named !== undefined && config === undefined) {
    throw new UsageError(`The configuration file ${named} does not exist.`);
  }
  const db = namedFile("--db", options.db) ?? fromEnvironment(env.FMTC_DB) ?? config?.db;
  return { db: resolve(db ?? defaultDatabase()), isDefaultDb: db === undefined, config };
}

function namedFile(flag: string, file: string | undefined): string | undefined {
  if (file !== "") return file;
  throw new UsageError(`${flag} is empty: give the name of a file.`);
}

function fromEnvironment(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
