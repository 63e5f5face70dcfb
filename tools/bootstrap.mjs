// Makes a clean clone ready, then runs one command with the repository's own Node:
//   node tools/bootstrap.mjs [--browser] COMMAND [ARGUMENT…]
// Needs nothing but Node 20 and npm, so it imports no dependency before it has installed them.
import { join } from "node:path";
import { findChromium } from "./bootstrap/find-chromium.mjs";
import { installChromium } from "./bootstrap/install-chromium.mjs";
import { installDependencies } from "./bootstrap/install-dependencies.mjs";
import { assertNodeCanInstall, binaryFolders } from "./bootstrap/node-version.mjs";
import { repositoryRoot } from "./bootstrap/repository-root.mjs";
import { runUntilEnd } from "./bootstrap/run.mjs";
import { SetupError } from "./bootstrap/setup-error.mjs";

const words = process.argv.slice(2);
const needsBrowser = words[0] === "--browser";
const [command, ...args] = needsBrowser ? words.slice(1) : words;

try {
  if (command === undefined) throw new SetupError("Usage: node tools/bootstrap.mjs [--browser] COMMAND [ARGUMENT…]");
  process.chdir(repositoryRoot);
  assertNodeCanInstall();
  installDependencies();

  // `sh` remembers where it found `node` for the rest of an npm script,
  // so the next step is started from here, with our Node first in the path.
  /** @type {NodeJS.ProcessEnv} */
  const env = { TURBO_TELEMETRY_DISABLED: "1", ...process.env };
  // Node 22 warns of what later ones simply have, after the closing line at that.
  env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ""} --disable-warning=ExperimentalWarning`.trim();
  // Programs that run from their sources start in half the time.
  env.NODE_COMPILE_CACHE ??= join(repositoryRoot, "node_modules/.cache/node");
  // Some tools colour what goes into a file, too, when CI is set.
  if (!process.stdout.isTTY) env.NO_COLOR = "1";
  if (needsBrowser) env.CHROME_PATH = (await findChromium()) ?? (await installChromium());
  process.exitCode = await runUntilEnd(command, args, { env, pathFirst: binaryFolders() });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
