// `npm test`: every check and every suite, one closing line. Arguments go to turbo (`npm test -- --filter=@fmtc/core`).
import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./bootstrap/repository-root.mjs";
import { runTasks } from "./run-tasks.mjs";
import { readSuiteReport } from "./suite-report.mjs";

const CHECKS = ["lint", "knip", "arrows", "typecheck", "typecheck:tools", "check:package"];
const SUITES = ["test", "test:browser", "test:tools"];

const { passed, failed, complaints } = test(process.argv.slice(2));
for (const complaint of complaints) console.log(`✗ ${complaint}`);
// A check that fails counts as a test that does: who reads only this line is not misled.
console.log(`\n${passed} passed, ${failed + complaints.length} failed`);
process.exitCode = failed === 0 && complaints.length === 0 ? 0 : 1;

/** @param {readonly string[]} args */
function test(args) {
  // turbo puts the reports of cached suites back; one that is left over would hide that a suite did not report.
  for (const reports of globSync("{.,packages/*,apps/*}/.reports", { cwd: repositoryRoot })) {
    rmSync(join(repositoryRoot, reports), { recursive: true });
  }
  const tasks = runTasks([...CHECKS, ...SUITES], args);
  const total = { passed: 0, failed: 0, complaints: /** @type {string[]} */ ([]) };
  console.log("");
  for (const task of tasks) {
    const { id, name, isCached, seconds, exitCode } = task;
    console.log(`${exitCode === 0 ? "✓" : "✗"} ${id} ${isCached ? "(unchanged)" : `${seconds.toFixed(1)} s`}`);
    const suite = SUITES.includes(name) ? countSuite(task) : { passed: 0, failed: 0, complaints: [] };
    total.passed += suite.passed;
    total.failed += suite.failed;
    total.complaints.push(...suite.complaints.map((complaint) => `${id}: ${complaint}.`));
    if (exitCode === undefined) total.complaints.push(`${id} did not run, because something it needs has failed.`);
    else if (exitCode !== 0 && suite.failed === 0) total.complaints.push(`${id} failed; its words are above.`);
  }
  if (total.passed + total.failed === 0) total.complaints.push("No test ran.");
  return total;
}

/** @param {import("./run-tasks.mjs").Task} task */
function countSuite({ name, directory }) {
  const path = join(repositoryRoot, directory, ".reports", `${name.replaceAll(":", "-")}.json`);
  if (!existsSync(path)) return { passed: 0, failed: 0, complaints: ["it left no report"] };
  return readSuiteReport(JSON.parse(readFileSync(path, "utf8")));
}
