import { clearDemoFiles, demoFilesIn } from "./demo-files.ts";
import { Children } from "./processes/children.ts";
import { watchInterruption } from "./processes/watch-interruption.ts";
import { type DemoOptions, readOptions, USAGE } from "./read-options.ts";
import { runDemo } from "./run-demo.ts";

/** Where the user called npm, which runs this in another folder. */
const userFolder = process.env.INIT_CWD ?? process.cwd();

process.exitCode = await main();

/** Returns the exit code. */
async function main(): Promise<number> {
  let options: DemoOptions;
  try {
    options = readOptions(process.argv.slice(2), userFolder);
  } catch (error) {
    console.error(`${sentenceOf(error)}\n\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    console.log(USAGE);
    return 0;
  }

  const children = new Children();
  const interruption = watchInterruption(children);
  try {
    const files = demoFilesIn(options.out, userFolder);
    clearDemoFiles(files);
    await runDemo(files, children);
    return 0;
  } catch (error) {
    // Before the last word: what was started may have something to say, too.
    await children.end();
    // What goes wrong after an interruption follows from it.
    const exitCode = interruption.exitCode();
    if (exitCode === undefined) console.error(`\n${sentenceOf(error)}`);
    return exitCode ?? 1;
  } finally {
    await children.end();
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : `${error}`;
}
