import { expect, it } from "vitest";
import { quoted } from "../../src/files/quoted.ts";

it.each([
  ["hiking", '"hiking"'],
  ['a "b"\n', '"a \\"b\\"\\n"'],
  ["\u001b[2J\u009b31m\u202e\u2028\u007f", '"\\u001b[2J\\u009b31m\\u202e\\u2028\\u007f"'],
  ["🗺".repeat(60), `"${"🗺".repeat(60)}"`],
  ["🗺".repeat(61), `"${"🗺".repeat(60)}…"`],
  ["a".repeat(1_000), `"${"a".repeat(60)}…"`],
])("a value as a message shows it: %j", (value, shown) => {
  expect(quoted(value)).toBe(shown);
});
