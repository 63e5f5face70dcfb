import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./bootstrap/repository-root.mjs";
import { run } from "./bootstrap/run.mjs";

/**
 * One task of one workspace, as it ended.
 *
 * @typedef {object} Task
 * @property {string} name what turbo.json calls it, such as "test:browser"
 * @property {string} id the same with its workspace, such as "@fmtc/core#test:browser"
 * @property {string} directory of its workspace, relative to the root
 * @property {boolean} isCached
 * @property {number} seconds
 * @property {number | undefined} exitCode undefined when it did not run, because one that it needs had failed
 */

/**
 * Runs turbo tasks, going on after a failure, and tells how each ended.
 *
 * @param {readonly string[]} names
 * @param {readonly string[]} args more arguments for turbo, such as `--filter=@fmtc/core` or `--force`
 * @returns {Task[]} empty when turbo itself failed, which it has then said
 */
export function runTasks(names, args) {
  const summaries = join(repositoryRoot, ".turbo", "runs");
  rmSync(summaries, { recursive: true, force: true });
  const flags = ["--continue=dependencies-successful", "--output-logs=new-only", "--log-order=stream", "--summarize"];
  run("turbo", ["run", ...names, ...flags, ...args]);
  const [summary] = globSync("*.json", { cwd: summaries });
  return summary === undefined ? [] : JSON.parse(readFileSync(join(summaries, summary), "utf8")).tasks.flatMap(taskOf);
}

/** @param {any} entry of turbo's summary */
function taskOf({ task, taskId, directory, command, cache, execution }) {
  // A workspace without a script of that name.
  if (command === "<NONEXISTENT>") return [];
  const { startTime = 0, endTime = 0, exitCode } = execution ?? {};
  const isCached = cache.status === "HIT";
  return [{ name: task, id: taskId, directory, isCached, seconds: (endTime - startTime) / 1000, exitCode }];
}
