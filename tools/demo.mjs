// `npm run demo`: builds what the demo uses, then runs it. Arguments go to the demo.
import { npm } from "./bootstrap/npm.mjs";
import { run } from "./bootstrap/run.mjs";

const DEMO = "@fmtc-apps/demo";

const args = process.argv.slice(2);
// turbo's words are of interest only where something went wrong; then it says them again at once.
const isBuilt = [true, false].some((quiet) => run("turbo", ["run", "build", `--filter=${DEMO}...`], { quiet }) === 0);
process.exitCode = isBuilt ? npm(["run", "start", "--silent", `--workspace=${DEMO}`, "--", ...args]) : 1;
