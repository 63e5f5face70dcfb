// `npm run demo`: builds what the demo uses, then runs it. Arguments go to the demo.
import { npm } from "./bootstrap/npm.mjs";
import { run } from "./bootstrap/run.mjs";

const DEMO = "@fmtc-apps/demo";

const args = process.argv.slice(2);
const isBuilt = run("turbo", ["run", "build", `--filter=${DEMO}...`, "--output-logs=errors-only"]) === 0;
process.exitCode = isBuilt ? npm(["run", "start", "--silent", `--workspace=${DEMO}`, "--", ...args]) : 1;
