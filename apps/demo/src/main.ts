import { claimFolder } from "./claim-folder.ts";
import { DemoError } from "./demo-error.ts";
import { demoFilesIn } from "./demo-files.ts";
import { type DemoOptions, readOptions, USAGE } from "./read-options.ts";
import { runDemo } from "./run-demo.ts";
import { sentenceOf } from "./sentence-of.ts";
import { watchInterruption } from "./watch-interruption.ts";

/** Where the user called npm, which runs this in another folder. */
const userFolder = process.env.INIT_CWD ?? process.cwd();

process.exitCode = await main();

/** Returns the exit code. */
async function main(): Promise<number> {
  let options: DemoOptions;
  try {
    options = readOptions(process.argv.slice(2), userFolder, process.env.npm_config_out);
  } catch (error) {
    console.error(`${sentenceOf(error)}\n\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    console.log(USAGE);
    return 0;
  }

  const over = new AbortController();
  watchInterruption(over);
  try {
    const files = demoFilesIn(options.out, userFolder);
    const claim = claimFolder(files);
    try {
      await runDemo(files, over);
    } finally {
      claim.release();
    }
    return 0;
  } catch (error) {
    // The last word: all that the demo has started is gone.
    console.error(`\n${sentenceOf(error)}`);
    return error instanceof DemoError ? error.exitCode : 1;
  }
}
