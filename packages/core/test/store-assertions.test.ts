import { StoreClosedError, StoreFullError } from "@fmtc/core";
import { equal, holds, rejects, ScenarioError } from "@fmtc/core/testing";
import { describe, expect, it } from "vitest";

describe("equal", () => {
  const same: readonly (readonly [unknown, unknown])[] = [
    [1, 1],
    [Number.NaN, Number.NaN],
    [
      [1, { a: "b" }],
      [1, { a: "b" }],
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ a: 1 }, { a: 1, b: undefined }],
    [new Uint8Array([1, 2]), new Uint8Array([0, 1, 2]).subarray(1)],
    [new Set([1, 2]), new Set([2, 1])],
    [new Map([["a", [1]]]), new Map([["a", [1]]])],
    [Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ];
  it.each(same)("takes %o and %o for the same", (a, b) => {
    expect(() => equal(a, b)).not.toThrow();
  });

  const different: readonly (readonly [unknown, unknown])[] = [
    [1, "1"],
    [0, -0],
    [null, undefined],
    [null, {}],
    [[], {}],
    [[1], [1, 2]],
    [[1, undefined], [1]],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, {}],
    [{}, { ["__proto__"]: "a" }],
    [{}, { constructor: "a" }],
    [new Uint8Array([1]), new Uint8Array([2])],
    [new Uint8Array([1]), new Uint8Array([1, 0])],
    [new Uint8Array([1]), [1]],
    [new Set([1]), new Set([1, 2])],
    [new Set([1]), new Set([2])],
    [new Map([["a", 1]]), new Map([["a", 2]])],
    [new Map([["a", 1]]), new Map()],
  ];
  it.each(different)("tells %o from %o", (a, b) => {
    expect(() => equal(a, b)).toThrow(ScenarioError);
    expect(() => equal(b, a)).toThrow(ScenarioError);
  });

  it("says where and how two values differ, and shows both", () => {
    const [actual, expected] = [{ tiles: [{ x: 1, bytes: [1] }] }, { tiles: [{ x: 2, bytes: [1] }] }];
    expect(() => equal(actual, expected, "the scan")).toThrow(
      expect.objectContaining({ message: "the scan.tiles[0].x is 1, but should be 2.", actual, expected }),
    );
    expect(() => equal<unknown>(["a".repeat(999)], [new Uint8Array(9)])).toThrow(
      /^the result\[0\] is "aaa.* characters\), but/,
    );
    expect(() => equal<unknown>(new Map([["a", 1]]), new Set(["b"]))).toThrow(
      'the result is Map {["a", 1]}, but should be Set {"b"}.',
    );
  });
});

describe("holds", () => {
  it("says what does not", () => {
    holds(true, "a tile is square");
    expect(() => holds(false, "a tile is square")).toThrow("This does not hold: a tile is square.");
  });
});

describe("rejects", () => {
  it("returns the error of the class that is expected", async () => {
    const error = new StoreClosedError();
    expect(await rejects(() => Promise.reject(error), StoreClosedError)).toBe(error);
  });

  it("refuses another error, and keeps it as the cause", async () => {
    const error = new StoreFullError("The disk is full.");
    await expect(rejects(() => Promise.reject(error), StoreClosedError, "reading")).rejects.toMatchObject({
      name: "ScenarioError",
      message: expect.stringMatching(
        /^reading failed with StoreFullError \(.*\), but should with a StoreClosedError\.$/,
      ),
      cause: error,
    });
  });

  it("refuses success, and an error that is thrown at once", async () => {
    await expect(rejects(async () => 7, StoreClosedError)).rejects.toThrow(
      "the call resolved to 7, but should have failed.",
    );
    const thrown = () => {
      throw new StoreClosedError();
    };
    await expect(rejects(thrown, StoreClosedError)).rejects.toThrow(/^the call threw StoreClosedError .* at once/);
  });
});
