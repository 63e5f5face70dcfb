import { hostname } from "node:os";
import { expect, onTestFinished, test, vi } from "vitest";
import { isAlive, processStartedAt } from "../src/sessions.ts";

vi.mock("node:fs", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs")>();
  const readFileSync = () => {
    throw new Error("This system tells nothing of its processes.");
  };
  return { ...fs, default: { ...fs, readFileSync }, readFileSync };
});

test("where the system does not count, a clock that is set does not make this process another", () => {
  const before = processStartedAt();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect(processStartedAt()).toBe(before);
  expect(isAlive({ host: hostname(), pid: process.pid, startedAt: before })).toBe(true);
  // As another thread of it, which began to count after the clock was set, would have it.
  expect(isAlive({ host: hostname(), pid: process.pid, startedAt: before + 3_600_000 })).toBe(true);
});
