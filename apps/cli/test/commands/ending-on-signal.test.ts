import { afterEach, expect, it, vi } from "vitest";
import { endingOnSignal } from "../../src/commands/ending-on-signal.ts";

afterEach(() => vi.restoreAllMocks());

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends what may end at once with %i, and is left alone afterwards", async (signal, code) => {
  const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
  const before = process.listenerCount(signal);
  await endingOnSignal(async () => {
    // Only the listener of its own: the test runner has others.
    process.listeners(signal).at(-1)?.(signal);
    expect(exit.mock.calls).toEqual([[code]]);
  });
  expect(process.listenerCount(signal)).toBe(before);
});
