import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SetupError } from "./setup-error.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];

/**
 * The path of a Chromium that starts: CHROME_PATH, else one in PATH or in a usual place, else the one that
 * Playwright has downloaded; undefined where there is none.
 *
 * @returns {Promise<string | undefined>}
 * @throws {SetupError} when CHROME_PATH is set to something else: the person meant it
 */
export async function findChromium(env = process.env) {
  const { CHROME_PATH } = env;
  if (CHROME_PATH) {
    if (starts(CHROME_PATH)) return CHROME_PATH;
    throw new SetupError(
      `CHROME_PATH is "${CHROME_PATH}", which is not a Chromium that starts: please correct or unset it.`,
    );
  }
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter((folder) => folder !== "");
  const suffix = process.platform === "win32" ? ".exe" : "";
  const inPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...inPath, ...usualPlaces(env), ...(await playwrightsOwn())].find(starts);
}

/** @param {NodeJS.ProcessEnv} env @returns {string[]} */
function usualPlaces({ HOME = "", PROGRAMFILES, LOCALAPPDATA, "PROGRAMFILES(X86)": PROGRAMFILES_X86 }) {
  switch (process.platform) {
    case "darwin":
      return ["/Applications", join(HOME, "Applications")].flatMap((folder) => [
        join(folder, "Google Chrome.app/Contents/MacOS/Google Chrome"),
        join(folder, "Chromium.app/Contents/MacOS/Chromium"),
        join(folder, "Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
      ]);
    case "win32":
      return [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          join(folder, "Google/Chrome/Application/chrome.exe"),
          join(folder, "Chromium/Application/chrome.exe"),
          join(folder, "Microsoft/Edge/Application/msedge.exe"),
        ]);
    default:
      return ["/usr/bin", "/usr/local/bin", "/snap/bin"].flatMap((folder) => NAMES.map((name) => join(folder, name)));
  }
}

async function playwrightsOwn() {
  const { chromium } = await import("playwright");
  return [chromium.executablePath()];
}

/** @param {string} path */
function starts(path) {
  try {
    accessSync(path, constants.X_OK);
    if (!statSync(path).isFile()) return false;
  } catch {
    return false;
  }
  // A name can be a stub that only says how to install the real one. On Windows --version would open a window.
  return process.platform === "win32" || spawnSync(path, ["--version"], { timeout: 30_000 }).status === 0;
}
