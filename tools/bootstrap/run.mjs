import { spawn, spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { SetupError } from "./setup-error.mjs";

const ENDED_BY_SIGNAL = 1;
const PARENT_CHECK_MS = 1_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {readonly string[]} [pathFirst] folders searched before PATH
 * @property {boolean} [quiet] only what it writes to stderr is shown
 */

/**
 * Runs a command in the foreground and returns its exit code.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {number}
 */
export function run(command, args, options) {
  const { status, error } = spawnSync(command, args, spawnOptions(options));
  if (error) throw notStarted(command, error);
  return status ?? ENDED_BY_SIGNAL;
}

/**
 * Hands over to a command, and resolves to its exit code. It ends with this process, and with the shell that npm has started
 * this one from: npm passes signals on to that at the most.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function runUntilEnd(command, args, options) {
  const child = spawn(command, args, spawnOptions(options));
  // A terminal sends Ctrl-C to both. What runs may have something to finish, and is waited for.
  process.on("SIGINT", () => {});
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  const watching = setInterval(() => process.ppid === parent || child.kill("SIGTERM"), PARENT_CHECK_MS);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(notStarted(command, error)));
    child.once("exit", (status) => resolve(status ?? ENDED_BY_SIGNAL));
  }).finally(() => clearInterval(watching));
}

/**
 * @param {RunOptions} [options]
 * @returns {import("node:child_process").SpawnOptions}
 */
function spawnOptions({ cwd = process.cwd(), env = process.env, pathFirst = [], quiet = false } = {}) {
  // Windows calls it Path; setting PATH beside it would leave two.
  const pathKey = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const path = [...pathFirst, env[pathKey] ?? ""].join(delimiter);
  return {
    stdio: ["inherit", quiet ? "ignore" : "inherit", "inherit"],
    cwd,
    env: { ...env, [pathKey]: path },
    // npm's programs are .cmd files there, which only a shell can start.
    shell: process.platform === "win32",
  };
}

/** @param {string} command @param {Error} error */
function notStarted(command, { message }) {
  return new SetupError(`"${command}" could not be started (${message}); install it or fix PATH.`);
}
