import { describe, expect, it } from "vitest";
import { ReceivedBody } from "../src/received-body.ts";
import { failure } from "./transports.ts";

const limits = { maxBytes: 10, arePiecesOurs: true };

const thrownBy = (step: () => unknown): unknown => {
  try {
    return step();
  } catch (error) {
    return error;
  }
};

// undici sees to declared lengths itself; a dispatcher that somebody gives may not.
it("takes no more and no less than was declared", () => {
  const long = new ReceivedBody(3, limits);
  expect(thrownBy(() => long.add(new Uint8Array(4)))).toEqual(failure("interrupted"));
  const short = new ReceivedBody(3, limits);
  short.add(new Uint8Array(2));
  expect(thrownBy(() => short.finish())).toEqual(failure("interrupted"));
  expect(thrownBy(() => new ReceivedBody(3, limits).finish())).toEqual(failure("interrupted"));
});

it("has each byte in its place", () => {
  for (const declared of [5, undefined]) {
    const body = new ReceivedBody(declared, { ...limits, maxBytes: 5 });
    body.add(Uint8Array.of(1, 2));
    body.add(new Uint8Array());
    body.add(Uint8Array.of(3, 4, 5));
    expect([...body.finish()]).toEqual([1, 2, 3, 4, 5]);
  }
});

describe("a body that comes in one piece", () => {
  const received = (piece: Uint8Array, arePiecesOurs: boolean) => {
    const body = new ReceivedBody(piece.length, { maxBytes: 100, arePiecesOurs });
    body.add(piece);
    return body.finish();
  };
  const bytes = Uint8Array.of(0, 1, 2, 3, 4, 5);

  it("is left where it is, if that is hardly larger", () => {
    const piece = bytes.subarray(2);
    const body = received(piece, true);
    expect([...body]).toEqual([2, 3, 4, 5]);
    expect(body.buffer).toBe(bytes.buffer);
    expect(Buffer.isBuffer(received(Buffer.from(bytes.buffer), true))).toBe(false);
  });

  it("is copied if it would keep much else in memory, or if somebody else may have it", () => {
    for (const [piece, areOurs] of [
      [bytes.subarray(4), true],
      [bytes.subarray(2), false],
      [bytes, false],
    ] as const) {
      const body = received(piece, areOurs);
      expect([...body]).toEqual([...piece]);
      expect(body.buffer.byteLength).toBe(piece.length);
    }
  });
});
