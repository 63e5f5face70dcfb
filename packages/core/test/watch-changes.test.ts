import { type StoreChange, type WatchOptions, watchChanges } from "@fmtc/core";
import { map } from "rxjs";
import { TestScheduler } from "rxjs/testing";
import { expect, it } from "vitest";

const tiles = (store: string): StoreChange => ({ kind: "tiles", stores: [store] });
const metadata = (store: string): StoreChange => ({ kind: "metadata", stores: [store] });

/** Emissions as texts: the kinds and stores of each. */
function marbles(
  changes: string,
  values: Readonly<Record<string, StoreChange>>,
  expected: string,
  emitted: Readonly<Record<string, string>>,
  options?: WatchOptions,
): void {
  new TestScheduler((actual, wanted) => expect(actual).toEqual(wanted)).run(({ hot, expectObservable }) => {
    const told$ = watchChanges({ changes$: hot(changes, values) }, { intervalMs: 5, ...options }).pipe(
      map(({ kinds, stores }) => `${[...kinds]} of ${[...stores]}`),
    );
    expectObservable(told$).toBe(expected, emitted);
  });
}

it("gathers what comes within an interval", () => {
  marbles("-abc----", { a: tiles("one"), b: metadata("one"), c: tiles("two") }, "------x-", {
    x: "tiles,metadata of one,two",
  });
});

it("goes on telling while changes never cease", () => {
  marbles("aaaaaaaaaaaaaaa|", { a: tiles("one") }, "-----x-----y---(z|)", {
    x: "tiles of one",
    y: "tiles of one",
    z: "tiles of one",
  });
});

it("is silent while nothing changes", () => {
  marbles("-a------------b------", { a: tiles("one"), b: tiles("two") }, "------x------------y-", {
    x: "tiles of one",
    y: "tiles of two",
  });
});

it("tells the rest at once when the store closes", () => {
  marbles("-a-|", { a: tiles("one") }, "---(x|)", { x: "tiles of one" });
});

it("looks only at the stores and kinds that are wanted", () => {
  const values = { a: tiles("one"), b: tiles("two"), c: metadata("two") };
  marbles("abc------", values, "------x--", { x: "tiles of two" }, { stores: ["two"], kinds: ["tiles"] });
});
