import { fileURLToPath } from "node:url";
import { bench } from "./bench.ts";
import { runApart } from "./run-apart.ts";
import { UsageError } from "./usage-error.ts";

try {
  const isFine = await bench(process.argv.slice(2), {
    root: fileURLToPath(new URL("../../..", import.meta.url)),
    resultsFolder: fileURLToPath(new URL("..", import.meta.url)),
    run: runApart,
    today: new Date().toISOString().slice(0, 10),
    print: console.log,
  });
  process.exitCode = isFine ? 0 : 1;
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
}
