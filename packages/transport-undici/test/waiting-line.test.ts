import { expect, it } from "vitest";
import { WaitingLine } from "../src/waiting-line.ts";

it("serves first who came first, and not who has left", () => {
  const line = new WaitingLine<string>();
  expect(line.next()).toBeUndefined();
  const [a, b, c] = ["a", "b", "c", "d"].map((one) => line.join(one));
  a?.leave();
  expect(line.next()).toBe("b");
  b?.leave();
  c?.leave();
  c?.leave();
  line.join("e");
  expect([line.isEmpty, line.next(), line.next(), line.isEmpty, line.next()]).toEqual([
    false,
    "d",
    "e",
    true,
    undefined,
  ]);
  line.join("f");
  expect(line.next()).toBe("f");
});
