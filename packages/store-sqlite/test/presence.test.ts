import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { startChild } from "./child.ts";
import { opened, testPath } from "./opened.ts";

test("an owner whose process was killed is gone at once; until then, nobody knows", async () => {
  const path = testPath();
  const { presence } = await opened(path);
  const child = startChild("enter", [path]);
  const { value: owner } = await child.lines.next();
  expect(await presence?.find(owner)).toBe("unknown");
  child.kill();
  await child.ended;
  expect(await presence?.find(owner)).toBe("gone");
});

test("an owner of this process, or of a database in memory, is no other's to call gone", async () => {
  const { presence } = await opened(testPath());
  const memory = await opened(":memory:");
  const [here, inMemory] = await Promise.all([presence?.enter(), memory.presence?.enter()]);
  expect(await presence?.find(here?.owner ?? "")).toBe("unknown");
  expect(await presence?.find(inMemory?.owner ?? "")).toBe("unknown");
});

test("a process of another machine or container cannot be looked up, and one that took over a number is not the same", async () => {
  const { presence } = await opened(testPath());
  const { owner = "" } = (await presence?.enter()) ?? {};
  const [kind, realm = "", pid, startedAt, random] = owner.split(":");
  const found = (...parts: unknown[]) => presence?.find([kind, ...parts, random].join(":"));
  const elsewhere = realm.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
  expect(await found(realm, pid, startedAt)).toBe("unknown");
  expect(await found(elsewhere, 999_999_999, startedAt)).toBe("unknown");
  expect(await found(realm, 999_999_999, startedAt)).toBe("gone");
  expect(await found(realm, pid, Number(startedAt) - 100_000)).toBe("gone");
});

test.runIf(process.platform === "linux")(
  "a process that has ended is gone, though its parent has not noticed",
  async () => {
    const { presence } = await opened(testPath());
    const { owner: own = "" } = (await presence?.enter()) ?? {};
    const [kind, realm, , , random] = own.split(":");
    // What the shell begins is left to a program that never asks how it ended.
    const parent = spawn("sh", ["-c", "sleep 600 & echo $!; exec sleep 600"], { stdio: ["ignore", "pipe", "ignore"] });
    onTestFinished(() => void parent.kill("SIGKILL"));
    const [line] = await once(parent.stdout, "data");
    const fieldsOf = (pid: number) => {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    };
    const pid = Number(line);
    await vi.waitFor(() => expect(readFileSync(`/proc/${parent.pid}/comm`, "latin1")).toBe("sleep\n"));
    const owner = [kind, realm, pid, fieldsOf(pid)[19], random].join(":");
    expect(await presence?.find(owner)).toBe("unknown");
    process.kill(pid, "SIGKILL");
    await vi.waitFor(() => expect(fieldsOf(pid)[0]).toBe("Z"));
    expect(await presence?.find(owner)).toBe("gone");
  },
);
