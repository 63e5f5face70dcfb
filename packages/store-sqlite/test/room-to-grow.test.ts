import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { hasRoomToGrow } from "../src/room-to-grow.ts";
import { testPath } from "./opened.ts";

const onWrite = vi.hoisted(() => ({ before: () => {} }));

vi.mock("node:fs", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs")>();
  const writeSync = () => {
    onWrite.before();
    throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  };
  return { ...fs, default: { ...fs, writeSync }, writeSync };
});

test("a full disk is full, though others remove what it was tried with", () => {
  const path = testPath();
  const folder = dirname(path);
  let removed = 0;
  onWrite.before = () => {
    for (const name of readdirSync(folder)) {
      rmSync(join(folder, name));
      removed += 1;
    }
  };
  expect(hasRoomToGrow(path)).toBe(false);
  expect(removed).toBe(1);
});
