import type { Presence, TileStore } from "@fmtc/core";
import type { MemoryDatabase } from "@fmtc/core/testing";
import type { StoreMutant } from "./mutant.ts";

/** Who is here, by databases: all connections see the same. */
const present = new WeakMap<MemoryDatabase, Set<string>>();
const NAME = /^memory:\d+$/;
let names = 0;

/** A memory store that knows who is here. */
export function withPresence(store: TileStore, database: MemoryDatabase): TileStore {
  const owners = present.get(database) ?? new Set();
  present.set(database, owners);
  const presence: Presence = {
    enter: async () => {
      const owner = `memory:${names++}`;
      owners.add(owner);
      return {
        owner,
        leave: async () => {
          owners.delete(owner);
        },
      };
    },
    find: async (owner) => {
      if (!NAME.test(owner)) return "unknown";
      return owners.has(owner) ? "alive" : "gone";
    },
  };
  return { ...store, presence };
}

function presenceMutant(what: string, caughtBy: string, other: (presence: Presence) => Partial<Presence>): StoreMutant {
  return {
    what,
    caughtBy: `presence/${caughtBy}`,
    breaks: (store, database) => {
      const { presence, ...rest } = withPresence(store, database);
      return { ...rest, ...(presence && { presence: { ...presence, ...other(presence) } }) };
    },
  };
}

export const presenceMutants: readonly StoreMutant[] = [
  presenceMutant("two owners of a connection have one name", "every-owner-has-a-name-of-his-own", ({ enter }) => {
    const first = enter();
    return { enter: () => first };
  }),
  presenceMutant("a name is given again", "every-owner-has-a-name-of-his-own", () => {
    let here = 0;
    return {
      enter: async () => {
        const owner = `memory:${here++}`;
        return {
          owner,
          leave: async () => {
            here -= 1;
          },
        };
      },
    };
  }),
  presenceMutant("nobody is found", "who-is-here-is-not-gone", () => ({ find: async () => "gone" })),
  presenceMutant("only a connection's own owners are seen", "who-is-here-is-not-gone", ({ enter, find }) => {
    const own = new Set<string>();
    return {
      enter: async () => {
        const self = await enter();
        own.add(self.owner);
        return self;
      },
      find: async (owner) => (own.has(owner) ? find(owner) : "gone"),
    };
  }),
  presenceMutant("nobody ever leaves", "who-has-left-is-not-alive", ({ enter }) => ({
    enter: async () => ({ ...(await enter()), leave: async () => {} }),
  })),
  presenceMutant("all leave at once", "who-leaves-leaves-alone", ({ enter }) => {
    const all: (() => Promise<void>)[] = [];
    return {
      enter: async () => {
        const { owner, leave } = await enter();
        all.push(leave);
        return {
          owner,
          leave: async () => {
            for (const each of all) await each();
          },
        };
      },
    };
  }),
  presenceMutant("who is not known is gone", "strange-names-are-unknown", ({ find }) => ({
    find: async (owner) => ((await find(owner)) === "alive" ? "alive" : "gone"),
  })),
  presenceMutant("an owner has no name", "an-owner-can-own-downloads", ({ enter }) => ({
    enter: async () => ({ ...(await enter()), owner: "" }),
  })),
];
