import { resolve } from "node:path";
import { expandHome } from "./files/expand-home.ts";
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

/** The files that options or the environment name, as they do. */
export function namedFiles({ db, config }: GlobalOptions, env: Environment): Pick<GlobalOptions, "db" | "config"> {
  return {
    db: namedFile("--db", db) ?? fromEnvironment(env.FMTC_DB),
    config: namedFile("--config", config) ?? fromEnvironment(env.FMTC_CONFIG),
  };
}

/**
 * Options go before the environment, and that before the configuration file.
 *
 * @throws UsageError
 */
export async function readSettings(options: GlobalOptions, env: Environment): Promise<Settings> {
  const named = namedFiles(options, env);
  const file = named.config === undefined ? undefined : expandHome(named.config);
  const config = await readConfigFile(file ?? "fmtc.config.json", env);
  if (file !== undefined && config === undefined) {
    throw new UsageError(`The configuration file ${file} does not exist.`);
  }
  const db = named.db === undefined ? config?.db : expandHome(named.db);
  return { db: resolve(db ?? defaultDatabase()), isDefaultDb: db === undefined, config };
}

function namedFile(flag: string, file: string | undefined): string | undefined {
  if (file !== "") return file;
  throw new UsageError(`${flag} is empty: give the name of a file.`);
}

function fromEnvironment(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
