import { expect, it } from "vitest";
import { ReceivedBody } from "../src/received-body.ts";
import { failure } from "./transports.ts";

const thrownBy = (step: () => unknown): unknown => {
  try {
    return step();
  } catch (error) {
    return error;
  }
};

// undici sees to declared lengths itself; a dispatcher that somebody gives may not.
it("takes no more and no less than was declared", () => {
  const long = new ReceivedBody(3, 10);
  expect(thrownBy(() => long.add(new Uint8Array(4)))).toEqual(failure("interrupted"));
  const short = new ReceivedBody(3, 10);
  short.add(new Uint8Array(2));
  expect(thrownBy(() => short.finish())).toEqual(failure("interrupted"));
  expect(thrownBy(() => new ReceivedBody(3, 10).finish())).toEqual(failure("interrupted"));
});

it("has each byte in its place", () => {
  for (const declared of [5, undefined]) {
    const body = new ReceivedBody(declared, 5);
    body.add(Uint8Array.of(1, 2));
    body.add(new Uint8Array());
    body.add(Uint8Array.of(3, 4, 5));
    expect([...body.finish()]).toEqual([1, 2, 3, 4, 5]);
  }
});
