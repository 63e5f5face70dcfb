// `npm run fmtc -- …`: the command line from its sources, in the folder that its user is in.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repositoryRoot } from "./bootstrap/repository-root.mjs";

// biome-ignore lint/suspicious/noUndeclaredEnvVars: npm says so; no task of turbo's runs this.
process.chdir(process.env.INIT_CWD ?? process.cwd());
await import(pathToFileURL(join(repositoryRoot, "apps/cli/src/main.ts")).href);
