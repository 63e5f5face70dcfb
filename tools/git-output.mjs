import { execFileSync } from "node:child_process";

/**
 * What a git command prints.
 *
 * @param {string} cwd
 * @param {string[]} args
 */
export function gitOutput(cwd, ...args) {
  return execFileSync("git", args, { cwd, encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
}
