import { expect, test } from "vitest";
import { CopyBuffers } from "../src/copy-buffers.ts";

const MB = 1024 * 1024;

test("a buffer that was given back is used again, where it is large enough", () => {
  const copies = new CopyBuffers();
  const first = copies.take(100);
  expect(first.byteLength).toBeGreaterThanOrEqual(100);
  expect(copies.take(100)).not.toBe(first);
  copies.giveBack(first);
  expect(copies.take(first.byteLength)).toBe(first);
  copies.giveBack(first);
  expect(copies.take(first.byteLength + 1).byteLength).toBeGreaterThan(first.byteLength);
});

test("few are kept, and none that a large commit has left", () => {
  const copies = new CopyBuffers();
  const large = copies.take(20 * MB);
  copies.giveBack(large);
  expect(copies.take(1)).not.toBe(large);

  const three = [copies.take(1), copies.take(1), copies.take(1)];
  for (const buffer of three) copies.giveBack(buffer);
  const again = [copies.take(1), copies.take(1), copies.take(1)];
  expect(again.filter((buffer) => three.includes(buffer))).toHaveLength(2);
});
