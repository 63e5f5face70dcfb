import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { findChromium } from "../bootstrap/find-chromium.mjs";
import { assertNodeCanInstall, binaryFolders } from "../bootstrap/node-version.mjs";
import { run } from "../bootstrap/run.mjs";
import { SetupError } from "../bootstrap/setup-error.mjs";
import { temporaryTree } from "../testing/temporary-tree.ts";

/** A folder with these programs, each a shell script. */
function programs(scripts: Readonly<Record<string, string>>): string {
  const root = temporaryTree(
    Object.fromEntries(Object.entries(scripts).map(([name, body]) => [name, `#!/bin/sh\n${body}\n`])),
  );
  for (const name of Object.keys(scripts)) chmodSync(join(root, name), 0o755);
  return root;
}

describe("the Node that installs", () => {
  it.each(["20.0.0", "20.20.2", "24.1.0"])("may be %s", (version) => {
    expect(() => assertNodeCanInstall(version)).not.toThrow();
  });

  it.each(["18.20.0", "19.9.9"])("may not be %s", (version) => {
    expect(() => assertNodeCanInstall(version)).toThrow(`Node ${version} is too old: please install Node 20 or newer`);
  });
});

describe.skipIf(process.platform === "win32")("the Node that runs the rest", () => {
  const platformPackage = `node_modules/node-${process.platform}-${process.arch}/bin`;

  it("is the repository's own, where it has one that starts", () => {
    const root = programs({ [`${platformPackage}/node`]: "exit 0" });
    expect(binaryFolders("20.0.0", root)).toEqual([join(root, platformPackage), join(root, "node_modules/.bin")]);
  });

  it.each(["22.19.0", "24.0.0"])("is else the system's, if that is %s", (version) => {
    const root = programs({ [`${platformPackage}/node`]: "exit 127", "node_modules/.bin/node": "exit 127" });
    const folders = binaryFolders(version, root);
    expect(folders).toEqual([dirname(process.execPath), join(root, "node_modules/.bin")]);
    // npm puts the second one first in the scripts that it runs.
    for (const pathFirst of [folders, folders.toReversed()]) {
      expect(run("node", ["--version"], { pathFirst, quiet: true })).toBe(0);
    }
  });

  it.each(["20.20.2", "22.12.0"])("is asked for in one sentence, if that is %s", (version) => {
    expect(() => binaryFolders(version, temporaryTree({}))).toThrow(
      new RegExp(`^Node ${version} is too old and .* please install Node 22.19 or newer and try again\\.$`),
    );
  });
});

describe.skipIf(process.platform === "win32")("what it hands over to", () => {
  const module = pathToFileURL(join(import.meta.dirname, "../bootstrap/run.mjs")).href;
  const program =
    "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log(process.pid);";
  const code = `import { runUntilEnd } from ${JSON.stringify(module)};
    process.exitCode = await runUntilEnd(process.execPath, ["--eval", ${JSON.stringify(program)}]);`;
  const script = ["--input-type=module", "--eval", code];

  const pidOf = async ({ stdout }: ChildProcess): Promise<number> => {
    if (stdout === null) throw new Error("It has no standard output.");
    for await (const line of createInterface(stdout)) return Number(line);
    throw new Error("It has not started.");
  };

  it("is told when it is to end, and says how it has ended", async () => {
    const started = spawn(process.execPath, script, { stdio: ["ignore", "pipe", "inherit"] });
    await pidOf(started);
    started.kill("SIGTERM");
    expect(await once(started, "exit")).toEqual([7, null]);
  });

  it("ends when the shell that npm has started it from is gone", async () => {
    const shell = spawn("sh", ["-c", '"$@"; true', "sh", process.execPath, ...script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pid = await pidOf(shell);
    const isThere = () => process.kill(pid, 0);
    expect(isThere()).toBe(true);
    shell.kill("SIGKILL");
    await vi.waitFor(() => expect(isThere).toThrow("ESRCH"), { timeout: 10_000 });
  });
});

describe.skipIf(process.platform === "win32")("Chromium", () => {
  const starts = "exit 0";
  const isOnlyAStub = "echo 'install the real one' >&2; exit 1";

  it("is the one that CHROME_PATH names", async () => {
    const folder = programs({ mine: starts, chromium: starts });
    expect(await findChromium({ CHROME_PATH: join(folder, "mine"), PATH: folder })).toBe(join(folder, "mine"));
  });

  it.each(["nowhere", "stub", "folder"])("is not looked for elsewhere when CHROME_PATH is wrong (%s)", async (name) => {
    const folder = programs({ stub: isOnlyAStub, "folder/file": starts, chromium: starts });
    const path = join(folder, name);
    const search = findChromium({ CHROME_PATH: path, PATH: folder });
    await expect(search).rejects.toThrow(`CHROME_PATH is "${path}", which is not a Chromium that starts`);
    await expect(search).rejects.toBeInstanceOf(SetupError);
  });

  it("is else the first in PATH that starts, by any of its names", async () => {
    const stubs = programs({ chromium: isOnlyAStub });
    const real = programs({ "google-chrome": starts });
    expect(await findChromium({ PATH: `${stubs}:${real}` })).toBe(join(real, "google-chrome"));
  });
});
