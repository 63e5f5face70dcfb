import { join } from "node:path";
import envPaths from "env-paths";

/** The file that is used when none is named, in the user's data folder. */
export function defaultDatabase(): string {
  return join(envPaths("fmtc", { suffix: "" }).data, "tiles.db");
}
