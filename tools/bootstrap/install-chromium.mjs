import { readFileSync } from "node:fs";
import { findChromium } from "./find-chromium.mjs";
import { binaryFolders } from "./node-version.mjs";
import { run } from "./run.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * Installs a Chromium, as Debian's package where we may, else as Playwright's download, and returns its path.
 *
 * @returns {Promise<string>}
 */
export async function installChromium() {
  for (const install of [installFromDebian, downloadWithPlaywright]) {
    if (!install()) continue;
    const path = await findChromium();
    if (path !== undefined) return path;
  }
  throw new SetupError(
    "No Chromium was found and none could be installed: please install Chromium or Chrome, " +
      "or set CHROME_PATH to the program, and try again.",
  );
}

function installFromDebian() {
  if (!isDebian() || process.getuid?.() !== 0) return false;
  console.log("Installing Chromium (apt-get, takes a minute) …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (/** @type {string[]} */ ...args) => run("apt-get", ["-qq", ...args], { env, quiet: true }) === 0;
  return apt("update") && apt("install", "-y", "--no-install-recommends", "chromium");
}

/** Debian itself: Ubuntu's package of that name is a stub that needs snap. */
function isDebian() {
  try {
    return /^ID=(debian|raspbian)$/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

function downloadWithPlaywright() {
  console.log("Downloading Chromium (playwright install) …");
  const mayInstallLibraries = process.platform === "linux" && process.getuid?.() === 0;
  const args = ["install", ...(mayInstallLibraries ? ["--with-deps"] : []), "chromium"];
  return run("playwright", args, { pathFirst: binaryFolders() }) === 0;
}
