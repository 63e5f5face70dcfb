import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryRoot } from "./repository-root.mjs";
import { SetupError } from "./setup-error.mjs";

const OLDEST_TO_INSTALL = [20, 0];
const OLDEST_TO_RUN = [22, 19];

/** Any Node since 20 can install the dependencies, one of which is the Node that runs the rest. */
export function assertNodeCanInstall(version = process.versions.node) {
  if (isAtLeast(version, OLDEST_TO_INSTALL)) return;
  throw new SetupError(`Node ${version} is too old: please install Node 20 or newer and try again.`);
}

/**
 * Folders that go first in the path, so that `node` is one that can run our tools: the repository's own where
 * its platform package exists and starts, else the system's.
 *
 * @returns {string[]}
 */
export function binaryFolders(version = process.versions.node, root = repositoryRoot) {
  const programs = join(root, "node_modules", ".bin");
  const platform = process.platform === "win32" ? "win" : process.platform;
  const ownFolder = join(root, "node_modules", `node-${platform}-${process.arch}`, "bin");
  const ownNode = join(ownFolder, process.platform === "win32" ? "node.exe" : "node");
  // Starting it is the only sure test: on a Linux without glibc it is there and does not run.
  const ownNodeRuns = existsSync(ownNode) && spawnSync(ownNode, ["--version"]).status === 0;
  if (ownNodeRuns) return [ownFolder, programs];
  // npm puts its folder of programs first in every script, so a Node that does not start must not stand there.
  if (existsSync(ownNode)) rmSync(join(programs, "node"), { force: true });
  if (isAtLeast(version, OLDEST_TO_RUN)) return [dirname(process.execPath), programs];
  throw new SetupError(
    `Node ${version} is too old and this repository brings no Node of its own for ${process.platform} on ` +
      `${process.arch}: please install Node ${OLDEST_TO_RUN.join(".")} or newer and try again.`,
  );
}

/** @param {string} version @param {readonly number[]} oldest major and minor */
function isAtLeast(version, [oldestMajor = 0, oldestMinor = 0]) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
