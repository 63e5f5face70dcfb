import { equal } from "../assert.ts";
import { bytesOf, fill, keptTileAt, keysAt, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";
import { seededDice } from "../seeded-dice.ts";
import { runModel } from "./run-model.ts";

const STEPS = 200;

export const stats = scenariosOf("stats", {
  "every-change-is-counted": async ({ store }) => {
    const sums = async () => {
      const { length, bytes, pinnedLength, pinnedBytes } = await store.stores.stats("a");
      const database = await store.stats();
      return [length, bytes, pinnedLength, pinnedBytes, database.length, database.bytes];
    };
    await fill(store, "a", ["2/0/0", "2/1/0"]);
    await fill(store, "a", ["2/2/0"], { pinned: true });
    equal(await sums(), [3, 30, 1, 10, 3, 30], "the sums at first");
    await fill(store, "a", ["2/0/0", tileAt("2/1/0", { bytes: bytesOf(25, "new") })]);
    equal(await sums(), [3, 45, 1, 10, 3, 45], "the sums after tiles were written again");
    await fill(store, "a", [tileAt("2/2/0", { bytes: bytesOf(1, "new") }), keptTileAt("2/1/0")]);
    equal(await sums(), [3, 36, 1, 1, 3, 36], "the sums after a pinned tile was written again");
    await fill(store, "a", [keptTileAt("2/1/0")], { pinned: true });
    equal(await sums(), [3, 36, 2, 26, 3, 36], "the sums after a tile was pinned");
    await store.tiles.remove("a", keysAt("2/1/0", "2/3/0"));
    equal(await sums(), [2, 11, 1, 1, 2, 11], "the sums after a pinned tile was removed");
  },

  "always-equal-a-recount": ({ store }) => runModel([store], seededDice(1), STEPS),

  "always-equal-a-recount-with-another-seed": ({ store }) => runModel([store], seededDice(20_231_107), STEPS),

  "always-equal-a-recount-over-two-connections": {
    needs: ["connections"],
    run: async ({ store, connect }) => runModel([store, await connect()], seededDice(5), STEPS / 2),
  },
});
