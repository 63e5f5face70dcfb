#!/usr/bin/env node
import { EXIT } from "./exit-code.ts";
import { nodeProblem } from "./node-problem.ts";
import { withoutWarnings } from "./without-warnings.ts";

const problem = nodeProblem(process.versions.node);
if (problem === undefined) {
  withoutWarnings(process);
  // Only now, as what it needs from Node may be missing, or may warn at once.
  const { run } = await import("./run.ts");
  process.exitCode = await run(process.argv.slice(2), process);
} else {
  console.error(problem);
  process.exitCode = EXIT.error;
}
