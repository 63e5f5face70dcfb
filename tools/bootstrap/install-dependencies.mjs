import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";
import { repositoryRoot } from "./repository-root.mjs";
import { SetupError } from "./setup-error.mjs";

/** Installs the dependencies when they are missing or package-lock.json has changed since. */
export function installDependencies() {
  const stamp = join(repositoryRoot, "node_modules", ".installed-lockfile");
  const lockfile = readFileSync(join(repositoryRoot, "package-lock.json"));
  const wanted = createHash("sha256").update(lockfile).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;

  console.log("Installing the dependencies (npm ci) …");
  if (npm(["ci"]) !== 0) {
    throw new SetupError("npm ci failed (its words are above): please check the network and try again.");
  }
  writeFileSync(stamp, wanted);
}
