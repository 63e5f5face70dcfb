import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { SetupError } from "./setup-error.mjs";

const ENDED_BY_SIGNAL = 1;

/**
 * Runs a command in the foreground and returns its exit code.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, pathFirst?: readonly string[], quiet?: boolean }} [options]
 *   `pathFirst`: folders searched before PATH; `quiet`: only what it writes to stderr is shown
 * @returns {number}
 */
export function run(command, args, { cwd = process.cwd(), env = process.env, pathFirst = [], quiet = false } = {}) {
  const isWindows = process.platform === "win32";
  // Windows calls it Path; setting PATH beside it would leave two.
  const pathKey = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const path = [...pathFirst, env[pathKey] ?? ""].join(delimiter);
  // A terminal sends Ctrl-C to both. What runs may have something to finish, and is waited for.
  const wait = () => {};
  process.on("SIGINT", wait);
  const { status, error } = spawnSync(command, args, {
    stdio: ["inherit", quiet ? "ignore" : "inherit", "inherit"],
    cwd,
    env: { ...env, [pathKey]: path },
    // npm's programs are .cmd files there, which only a shell can start.
    shell: isWindows,
  });
  process.off("SIGINT", wait);
  if (error) throw new SetupError(`"${command}" could not be started (${error.message}); install it or fix PATH.`);
  return status ?? ENDED_BY_SIGNAL;
}
