import { homedir } from "node:os";
import { join } from "node:path";

/** A path whose `~/` is the user's home folder, where no shell has said so: in a file, or after `--db=`. */
export function expandHome(path: string): string {
  return /^~[\\/]/.test(path) ? join(homedir(), path.slice(2)) : path;
}
