import { Writable } from "node:stream";
import { firstValueFrom } from "rxjs";
import { expect, it, vi } from "vitest";
import { createOutput, type OutputOptions } from "../../src/output/create-output.ts";
import { atTerminal, fakeTerminal } from "./fake-terminal.ts";

function open({ mode = "human", color = false, env = {}, ...streams }: Partial<OutputOptions> = {}) {
  const stdout = fakeTerminal();
  const stderr = fakeTerminal(atTerminal);
  return { stdout, stderr, output: createOutput({ mode, color, stdout, stderr, env, ...streams }) };
}

function sayAll({ output }: Pick<ReturnType<typeof open>, "output">) {
  output.note("note");
  output.event({ event: "event" });
  output.result("result", { event: "result" });
  output.error("error", { event: "error" });
}

it.each([
  ["human", "result\n", "note\nerror\n"],
  ["json", '{"event":"event"}\n{"event":"result"}\n{"event":"error"}\n', "error\n"],
  ["quiet", "", "error\n"],
] as const)("%s: results to standard output, the rest to standard error", (mode, stdout, stderr) => {
  const opened = open({ mode });
  sayAll(opened);
  expect(opened.stdout.written()).toBe(stdout);
  expect(opened.stderr.written()).toBe(stderr);
});

it.each([
  ["at a terminal", {}, {}, true],
  ["not in a pipe", { stderr: fakeTerminal() }, {}, false],
  ["not at a dumb terminal", {}, { TERM: "dumb" }, false],
  ["not in CI", {}, { CI: "true" }, false],
  ["where CI is off", {}, { CI: "false" }, true],
  ["not for machines", { mode: "json" }, {}, false],
  ["not when quiet", { mode: "quiet" }, {}, false],
] as const)("is live %s", (_, options, env, isLive) => {
  const { output, stderr } = open({ ...options, env });
  expect(output.isLive).toBe(isLive);
  output.live("bar");
  expect(stderr.written().includes("bar")).toBe(isLive && !("stderr" in options));
});

it("replaces live lines, keeps them below what is said, and takes them away", () => {
  const { output, stderr } = open();
  output.live("bar 1\nmore");
  output.live("bar 2");
  expect(stderr.screen()).toEqual(["bar 2"]);
  output.note("note");
  output.error("error", {});
  expect(stderr.screen()).toEqual(["note", "error", "bar 2"]);
  output.live("");
  expect(stderr.screen()).toEqual(["note", "error"]);
});

it("takes live lines away before a result, which may go to the same terminal", () => {
  const terminal = fakeTerminal(atTerminal);
  const { output } = open({ stdout: terminal, stderr: terminal });
  output.live("bar");
  output.result("result", {});
  expect(terminal.screen()).toEqual(["result", "bar"]);
});

it("shows live lines where a terminal does not know its size", () => {
  const stderr = fakeTerminal({ isTTY: true, columns: 0, rows: 0 });
  const { output } = open({ stderr });
  output.live("bar");
  expect(stderr.screen()).toEqual(["bar"]);
  expect(output.width).toBe(80);
});

it("follows the width of the terminal", () => {
  const { output, stderr } = open();
  expect(output.width).toBe(120);
  stderr.columns = 44;
  expect(output.width).toBe(44);
});

it("never hides the cursor", async () => {
  const { output, stderr } = open();
  output.live("bar");
  output.note("note");
  await output.close();
  expect(stderr.screen()).toEqual(["note"]);
  expect(stderr.written()).not.toContain("\u001b[?25l");
});

it.each([
  ["at a terminal", {}, {}, true],
  ["not in a pipe", { stderr: fakeTerminal() }, {}, false],
  ["not with NO_COLOR", {}, { NO_COLOR: "1" }, false],
  ["with an empty NO_COLOR, which is none", {}, { NO_COLOR: "" }, true],
  ["not at a dumb terminal", {}, { TERM: "dumb" }, false],
  ["not if not wanted", { color: false }, {}, false],
] as const)("has colours %s", (_, options, env, hasColor) => {
  const { output, stderr } = open({ color: true, ...options, env });
  expect(output.color).toBe(hasColor);
  output.error("error", {});
  expect(stderr.written().includes("\u001b[31m")).toBe(hasColor && !("stderr" in options));
});

it("brings no colours into a file", () => {
  const { output, stdout } = open({ color: true });
  output.result("\u001b[1mresult\u001b[22m", {});
  expect(stdout.written()).toBe("result\n");
});

/** A stream to which nothing can be written. */
function broken(code: string) {
  const error = Object.assign(new Error(`write ${code}`), { code });
  return new Writable({ autoDestroy: false, write: (_, _encoding, done) => done(error) });
}

it.each(["stdout", "stderr"] as const)("loses the reader of %s quietly, and says so", async (name) => {
  const opened = open({ mode: "json", [name]: broken("EPIPE") });
  const { output } = opened;
  const lost = firstValueFrom(output.lost$);
  sayAll({ output });
  expect(await lost).toBe(141);
  // Also for who asks later.
  expect(await firstValueFrom(output.lost$)).toBe(141);
  sayAll({ output });
  await output.drained();
  expect(await output.close()).toBe(141);
  expect(opened.stderr.written()).not.toContain("cannot be written");
});

it("says so where standard output takes no more, though somebody reads it", async () => {
  const { output, stderr } = open({ stdout: broken("ENOSPC") });
  output.result("result", {});
  expect(await output.close()).toBe(1);
  expect(await firstValueFrom(output.lost$)).toBe(1);
  expect(stderr.written()).toBe("Standard output cannot be written: the disk is full.\n");
});

it("can only answer that standard error takes no more", async () => {
  const { output, stdout } = open({ stderr: broken("EIO") });
  output.note("note");
  output.result("result", {});
  expect(await output.close()).toBe(1);
  expect(stdout.written()).toBe("result\n");
});

it("takes a terminal that is closed for a reader who has gone", async () => {
  const { output } = open({ stderr: Object.assign(broken("EIO"), atTerminal) });
  output.note("note");
  expect(await output.close()).toBe(141);
});

it("has lost nothing if all was taken", async () => {
  const opened = open();
  sayAll(opened);
  expect(await opened.output.close()).toBeUndefined();
});

it.each([
  ["much narrower", [50, 30]],
  ["a little narrower", [99, 98]],
  ["wider", [120, 200]],
  ["narrower and wider again", [30, 120]],
] as const)("leaves no dead lines in a terminal that becomes %s", (_, sizes) => {
  const stderr = fakeTerminal({ ...atTerminal, columns: 100 });
  const { output } = open({ stderr });
  output.note("above");
  for (const columns of [100, ...sizes]) {
    stderr.resize(columns);
    output.live(["▕█▏".padEnd(columns - 1, "."), "x".repeat(columns - 8), "short"].join("\n"));
  }
  const columns = sizes[1];
  expect(stderr.screen()).toEqual(["above", "▕█▏".padEnd(columns - 1, "."), "x".repeat(columns - 8), "short"]);
  output.live("");
  output.note("below");
  expect(stderr.screen()).toEqual(["above", "below"]);
});

it("is behind while much waits to be read, and drained once it was", async () => {
  const taken: (() => void)[] = [];
  const stdout = new Writable({ write: (_, _encoding, done) => taken.push(done) });
  const { output } = open({ mode: "json", stdout });
  expect(output.isBehind).toBe(false);
  output.event({ text: "x".repeat(600_000) });
  expect(output.isBehind).toBe(false);
  output.event({ text: "x".repeat(600_000) });
  expect(output.isBehind).toBe(true);
  let isDrained = false;
  const drained = output.drained().then(() => {
    isDrained = true;
  });
  taken.shift()?.();
  await vi.waitFor(() => expect(taken).toHaveLength(1));
  expect(isDrained).toBe(false);
  while (!isDrained) {
    await vi.waitFor(() => expect(taken.length > 0 || isDrained).toBe(true));
    taken.shift()?.();
  }
  await drained;
  expect(output.isBehind).toBe(false);
});
