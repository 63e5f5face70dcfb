import { expect, it } from "vitest";
import { WaitingLine } from "../src/waiting-line.ts";

it("serves first who came first, and not who has left", () => {
  const line = new WaitingLine<string>();
  expect(line.next()).toBeUndefined();
  for (const one of ["a", "b", "c", "d"]) line.join(one);
  line.leave("a");
  expect(line.next()).toBe("b");
  line.leave("c");
  line.leave("unknown");
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
