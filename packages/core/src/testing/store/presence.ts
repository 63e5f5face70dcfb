import type { Presence } from "../../ports/presence.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, holds } from "../assert.ts";
import { recordOf } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

function presenceOf({ presence }: TileStore): Presence {
  holds(presence !== undefined, "the store has presence");
  return presence;
}

const needs = ["presence"] as const;

export const presence = scenariosOf("presence", {
  "every-owner-has-a-name-of-his-own": {
    needs: ["presence", "connections"],
    run: async ({ store, connect }) => {
      const other = await connect();
      const [here, there] = [presenceOf(store), presenceOf(other)];
      const owners = [await here.enter(), await here.enter(), await there.enter()];
      await Promise.all(owners.map(({ leave }) => leave()));
      owners.push(await here.enter(), await there.enter());
      await Promise.all(owners.map(({ leave }) => leave()));
      const names = owners.map(({ owner }) => owner);
      equal(new Set(names).size, names.length, "the number of different names");
    },
  },

  "who-is-here-is-not-gone": {
    needs: ["presence", "connections"],
    run: async ({ store, connect }) => {
      const { owner, leave } = await presenceOf(store).enter();
      for (const each of [store, await connect()]) {
        holds((await presenceOf(each).find(owner)) !== "gone", "one who has entered is not gone");
      }
      await leave();
    },
  },

  "who-has-left-is-not-alive": {
    needs: ["presence", "connections"],
    run: async ({ store, connect }) => {
      const { owner, leave } = await presenceOf(store).enter();
      await leave();
      await leave();
      for (const each of [store, await connect()]) {
        holds((await presenceOf(each).find(owner)) !== "alive", "one who has left is not alive");
      }
    },
  },

  "who-leaves-leaves-alone": {
    needs,
    run: async ({ store }) => {
      const { enter, find } = presenceOf(store);
      const [one, two] = [await enter(), await enter()];
      await one.leave();
      holds((await find(two.owner)) !== "gone", "one who stays is not gone when another leaves");
      await two.leave();
    },
  },

  "strange-names-are-unknown": {
    needs,
    run: async ({ store }) => {
      const { enter, find } = presenceOf(store);
      const { owner, leave } = await enter();
      const strange = ["", "one", "k3v9x0q2m8w7e6r5t4y1", "0", ":::", `${owner}x`, `x${owner}`, `${owner}\n`];
      for (const name of strange) equal(await find(name), "unknown", `finding ${JSON.stringify(name)}`);
      await leave();
    },
  },

  "an-owner-can-own-downloads": {
    needs,
    run: async ({ store }) => {
      await store.stores.create("a");
      await store.downloads.put(recordOf("d", "a"));
      const { owner, leave } = await presenceOf(store).enter();
      const lease = await store.downloads.acquire("d", { owner, now: 1_000, expiresAt: 1_100 });
      equal(lease.owner, owner);
      equal((await store.downloads.get("d"))?.lease, lease);
      await leave();
    },
  },
});
