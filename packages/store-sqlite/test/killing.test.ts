import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { openSqliteStore } from "../src/index.ts";
import { startChild } from "./child.ts";
import { testPath } from "./opened.ts";
import { recount } from "./recount.ts";
import { keyAt } from "./tiles.ts";

const ROUNDS = 100;
const LENGTH = 20;
const SIZE = 4_000;
/** A hundred processes start one after the other, perhaps on a busy machine. */
const LONG_ENOUGH_MS = 300_000;
const MORE_THAN_IT_LIVES = 10_000;

test(
  "a process that writes is killed again and again: what it was told is there, and the rest is whole",
  async () => {
    const path = testPath();
    const acknowledged = new Set<number>();
    let next = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const child = startChild("write", [path, "a", next, MORE_THAN_IT_LIVES, LENGTH, SIZE]);
      let survived = 1 + (round % 5);
      for await (const line of child.lines) {
        acknowledged.add(Number(line));
        next = Math.max(next, Number(line) + 1);
        survived -= 1;
        if (survived > 0) continue;
        // At another point of a commit each time.
        for (let turns = round % 7; turns > 0; turns--) await setImmediate();
        child.kill();
      }
      expect(await child.ended, "the child was killed").toEqual({ how: "SIGKILL", errors: "" });

      const store = await openSqliteStore(path, { worker: false });
      const keys = [...acknowledged].flatMap((batch) =>
        Array.from({ length: LENGTH }, (_, i) => keyAt(batch * LENGTH + i)),
      );
      expect(await store.tiles.has(keys)).toEqual(keys.map(() => true));
      const { length } = await store.stores.stats("a");
      expect(length % LENGTH, "commits are there as a whole").toBe(0);
      await store.close();
      const { kept, counted } = recount(path);
      expect(kept).toEqual(counted);
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(ROUNDS);
  },
  LONG_ENOUGH_MS,
);
