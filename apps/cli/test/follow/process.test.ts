import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";

const child = fileURLToPath(new URL("../children/followed-download.ts", import.meta.url));
const nodeArgs = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", "--conditions=@fmtc/source"];
const PATIENCE = { timeout: 20_000, interval: 50 };

/** A process that downloads, and all that it says. */
function startProcess(command: string, args: readonly string[]) {
  const { CI: _, NO_COLOR: __, ...env } = process.env;
  const started = spawn(command, args, { stdio: "pipe", env: { ...env, TERM: "xterm-256color" } });
  onTestFinished(() => {
    started.kill("SIGKILL");
  });
  let [out, err] = ["", ""];
  started.stdout.on("data", (part) => {
    out += part;
  });
  started.stderr.on("data", (part) => {
    err += part;
  });
  const ended = new Promise<number | null>((resolve) => started.once("close", resolve));
  return { process: started, ended, out: () => out, err: () => err };
}

/** 4,341 tiles; `delayMs` each. */
function startDownload(mode: "human" | "json" | "quiet", delayMs: number) {
  return startProcess(process.execPath, [...nodeArgs, child, mode, "6", String(delayMs)]);
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

it("pauses at a signal, and ends when what has been fetched is written", async () => {
  const { process, ended, out, err } = startDownload("human", 50);
  await vi.waitFor(() => expect(err()).toContain("0 of 4,341"), PATIENCE);
  process.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(err()).toContain("Pausing: writing what has been fetched …");
  expect(out()).toMatch(/^Paused after \d+ of 4,341 tiles\. To go on: fmtc resume 1f3a\n$/);
});

it("takes signals that come together for one, as those of a terminal and of npm", async () => {
  const { process, ended, out, err } = startDownload("human", 500);
  await vi.waitFor(() => expect(err()).toContain("0 of 4,341"), PATIENCE);
  process.kill("SIGTERM");
  process.kill("SIGINT");
  process.kill("SIGHUP");
  expect([129, 130, 143], err()).toContain(await ended);
  expect(out()).toMatch(/^Paused after /);
});

it("ends at once at a second signal, whatever it waits for", async () => {
  const { process, ended, out, err } = startDownload("human", 3_600_000);
  await vi.waitFor(() => expect(err()).toContain("0 of 4,341"), PATIENCE);
  process.kill("SIGINT");
  await vi.waitFor(() => expect(err()).toContain("Pausing"), PATIENCE);
  expect(isRunning(process)).toBe(true);
  await vi.waitFor(() => {
    if (isRunning(process)) process.kill("SIGTERM");
    expect(isRunning(process)).toBe(false);
  }, PATIENCE);
  expect(await ended).toBe(143);
  expect(out()).toBe("");
});

it("pauses quietly when nobody reads what it tells machines, as with head -1", async () => {
  const { process, ended, err } = startDownload("json", 20);
  await new Promise((resolve) => process.stdout?.once("data", resolve));
  process.stdout?.destroy();
  expect(await ended).toBe(141);
  expect(err()).toBe("");
});

it("pauses quietly when nobody reads its errors", async () => {
  const { process, ended, out } = startDownload("human", 20);
  await new Promise((resolve) => process.stderr?.once("data", resolve));
  process.stderr?.destroy();
  process.kill("SIGINT");
  expect([130, 141]).toContain(await ended);
  expect(out()).toMatch(/^Paused after /);
});

// `script` of other systems takes other arguments.
it.runIf(process.platform === "linux")(
  "has a bar at a terminal, where Ctrl-C pauses and the cursor stays",
  async () => {
    const command = [process.execPath, ...nodeArgs, child, "human", "6", "50"].join(" ");
    const { process: terminal, ended, out } = startProcess("script", ["-qec", command, "/dev/null"]);
    await vi.waitFor(() => expect(out()).toMatch(/▕[\s\S]*of 4,341[\s\S]* left/), PATIENCE);
    terminal.stdin?.write("\u0003");
    await vi.waitFor(() => expect(out()).toContain("Pausing: writing what has been fetched …"), PATIENCE);
    expect(await ended).toBe(130);
    const lines = out().split("\r\n");
    expect(lines.at(-2)).toMatch(/Paused after \d+ of 4,341 tiles\. To go on: fmtc resume 1f3a$/);
    expect(out()).not.toContain("\u001b[?25l");
  },
);
