import { run } from "./run.mjs";

/**
 * Runs the npm that started us, where one did: another one may be first in the path.
 *
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 * @returns {number} its exit code
 */
export function npm(args, options) {
  const { npm_execpath } = process.env;
  return npm_execpath?.endsWith(".js")
    ? run(process.execPath, [npm_execpath, ...args], options)
    : run("npm", args, options);
}
