#!/usr/bin/env node
import { withoutWarnings } from "./without-warnings.ts";

withoutWarnings(process);
// Only now, as what it needs from Node may warn at once.
const { run } = await import("./run.ts");
process.exitCode = await run(process.argv.slice(2), process);
