// `npm run release`: versions, checks, packs, publishes and tags the packages. docs/releasing.md tells the whole path.
// With --dry-run it does the same in a temporary copy, up to the upload, and changes nothing here.
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm } from "./bootstrap/npm.mjs";
import { repositoryRoot } from "./bootstrap/repository-root.mjs";
import { run } from "./bootstrap/run.mjs";
import { SetupError } from "./bootstrap/setup-error.mjs";
import { gitOutput } from "./git-output.mjs";

const isDryRun = process.argv.includes("--dry-run");
const packed = mkdtempSync(join(tmpdir(), "fmtc-packed-"));
const root = isDryRun ? temporaryCopy() : repositoryRoot;
try {
  if (isDryRun) dryRun();
  else release();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(packed, { recursive: true });
  if (isDryRun) rmSync(root, { recursive: true });
}

function release() {
  if (gitOutput(root, "status", "--porcelain") !== "") {
    throw new SetupError("The work tree has changes: please commit or remove them before a release.");
  }
  if (gitOutput(root, "branch", "--show-current") !== "main") {
    throw new SetupError("Releases are made on the branch main: please change to it first.");
  }
  if (npm(["whoami"], { quiet: true }) !== 0) throw new SetupError("npm knows nobody: please run `npm login` first.");
  version();
  step("npm test", npm(["test"], { cwd: root }));
  step("git add", run("git", ["add", "--all"], { cwd: root }));
  step("git commit", run("git", ["commit", "--message", `Release ${coreVersion()}`], { cwd: root }));
  step("changeset pack", changeset("pack", "--out-dir", packed));
  step("changeset publish", changeset("publish", "--from-pack-dir", packed));
  console.log(`\nReleased ${coreVersion()}. Now: git push --follow-tags`);
}

function dryRun() {
  if (globSync(".changeset/*.md", { cwd: root }).length === 0) {
    console.log("No changeset is waiting; the dry run goes on with one of its own.");
    writeFileSync(join(root, ".changeset", "dry-run.md"), '---\n"@fmtc/core": patch\n---\n\nA dry run.\n');
  }
  version();
  step("check:package", run("turbo", ["run", "check:package", "--output-logs=errors-only"], { cwd: root }));
  step("changeset pack", changeset("pack", "--out-dir", packed));
  const tarballs = globSync("packages/*.tgz", { cwd: packed });
  if (tarballs.length === 0) throw new SetupError("Nothing was packed: is a package still public?");
  for (const tarball of tarballs) {
    const flags = ["--dry-run", "--access", "public", "--loglevel", "notice"];
    step(`npm publish ${tarball}`, npm(["publish", join(packed, tarball), ...flags], { cwd: root }));
  }
  console.log(`\nDry run of the release of ${coreVersion()} is done; nothing was changed or published.`);
}

/** Turns the waiting changesets into versions and changelogs, and brings the lockfile up to date. */
function version() {
  const before = coreVersion();
  step("changeset version", changeset("version"));
  if (coreVersion() === before) throw new SetupError("No changeset is waiting: `npm run change` writes one.");
  step("npm install", npm(["install", "--package-lock-only", "--ignore-scripts"], { cwd: root }));
}

/** All packages have one version. */
function coreVersion() {
  return JSON.parse(readFileSync(join(root, "packages", "core", "package.json"), "utf8")).version;
}

/** @param {string[]} args */
function changeset(...args) {
  return run("changeset", args, { cwd: root });
}

/** @param {string} name @param {number} exitCode */
function step(name, exitCode) {
  if (exitCode !== 0) throw new SetupError(`The release stopped at "${name}", whose words are above.`);
}

/** The work tree as it is, as a repository of its own, since changesets asks git. */
function temporaryCopy() {
  const copy = mkdtempSync(join(tmpdir(), "fmtc-release-"));
  const files = gitOutput(repositoryRoot, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
  for (const file of files.split("\0")) {
    // git still lists a file that was deleted since the last commit.
    if (file !== "" && existsSync(join(repositoryRoot, file))) cpSync(join(repositoryRoot, file), join(copy, file));
  }
  gitOutput(copy, "init", "--initial-branch=main");
  gitOutput(copy, "add", "--all");
  gitOutput(copy, "-c", "user.name=dry-run", "-c", "user.email=dry-run@localhost", "commit", "--message=Dry run");
  symlinkSync(join(repositoryRoot, "node_modules"), join(copy, "node_modules"), "junction");
  return copy;
}
