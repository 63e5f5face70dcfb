import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createInterrupts } from "../../src/follow/create-interrupts.ts";
import type { Interrupts } from "../../src/follow/interrupts.ts";

const onSecond = vi.fn();
const exit = vi.fn();
let interrupts: Interrupts;
let seen: NodeJS.Signals[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(process, "exit").mockImplementation(exit as never);
  interrupts = createInterrupts(onSecond);
  seen = [];
  interrupts.first$.subscribe((signal) => seen.push(signal));
});
afterEach(() => {
  interrupts.close();
  vi.restoreAllMocks();
  vi.resetAllMocks();
  vi.useRealTimers();
});

it("takes signals for one that come as quickly as programs pass them on", () => {
  process.emit("SIGHUP", "SIGHUP");
  vi.advanceTimersByTime(20);
  process.emit("SIGHUP", "SIGHUP");
  expect(seen).toEqual(["SIGHUP"]);
  expect(exit).not.toHaveBeenCalled();
});

it("ends at once when a person presses Ctrl-C twice, however quickly", () => {
  process.emit("SIGHUP", "SIGHUP");
  vi.advanceTimersByTime(100);
  process.emit("SIGHUP", "SIGHUP");
  expect(seen).toEqual(["SIGHUP"]);
  expect(onSecond).toHaveBeenCalledWith("SIGHUP");
  expect(exit).toHaveBeenCalledWith(129);
});
