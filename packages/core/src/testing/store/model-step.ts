import type { FmtcError } from "../../errors/fmtc-error.ts";
import { StoreExistsError } from "../../errors/store-exists-error.ts";
import { StoreNotFoundError } from "../../errors/store-not-found-error.ts";
import { TileNotFoundError } from "../../errors/tile-not-found-error.ts";
import type { Freed } from "../../ports/named-stores.ts";
import type { RemoveOptions } from "../../ports/stored-tiles.ts";
import type { TileWrite } from "../../ports/tile.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import type { ErrorClass } from "../assert.ts";
import { bytesOf, keyAt, placeOf, recordOf } from "../samples.ts";
import type { Dice } from "../seeded-dice.ts";
import { worldCover } from "../world-cover.ts";
import {
  canCommit,
  commitTiles,
  createStore,
  dropDownloads,
  evicted,
  type Model,
  type ModelStore,
  takeOut,
} from "./model.ts";

/** Something to do to a store, and to the model of it. */
export interface ModelStep {
  readonly what: string;
  readonly call: (store: TileStore) => Promise<unknown>;
  /** The same call as a dry run, where there is one. */
  readonly rehearse?: (store: TileStore) => Promise<Freed>;
  /** Does it to the model: what the call returns, or the class of the error that it fails with. */
  readonly apply: (model: Model) => { readonly value: unknown } | { readonly error: ErrorClass<FmtcError> };
}

const NAMES = ["a", "b", "c", "d"];
const SOURCES = ["topo", "other"];
const DONE = { value: undefined };

/** Some step, more often one that writes tiles, and mostly to a store that there is. */
export function randomStep(dice: Dice, step: number, existing: readonly string[]): ModelStep {
  const name = dice.pick(existing.length > 0 && dice.chance(0.9) ? existing : NAMES);
  const other = dice.pick(NAMES);
  const makers: readonly (() => ModelStep)[] = [
    ...Array.from({ length: 16 }, () => () => commit(name, dice, step)),
    () => create(name, dice),
    () => create(name, dice),
    () => dropping("delete", name),
    () => dropping("reset", name),
    () => rename(name, other),
    () => setLimits(name, dice),
    () => use(name, dice),
    () => setMetadata(name, step),
    () => putDownload(name, step),
    () => {
      const keys = Array.from({ length: dice.below(16) }, () => keyAt(randomPlace(dice)));
      const places = new Set(keys.map(placeOf));
      return removing(
        "remove",
        name,
        ({ tiles }, options) => tiles.remove(name, keys, options),
        (_, place) => places.has(place),
      );
    },
    () => {
      const zoom = 2 + dice.below(2);
      const cover = worldCover(zoom, zoom);
      const source = dice.pick(SOURCES);
      const isInside = (place: string) => keyAt(place).source === source && cover.has(keyAt(place));
      return removing(
        "removeCover",
        name,
        ({ tiles }, options) => tiles.removeCover(name, source, cover, options),
        (_, place) => isInside(place),
      );
    },
    () => {
      const time = dice.below(15);
      return removing(
        "removeOlderThan",
        name,
        ({ tiles }, options) => tiles.removeOlderThan(name, time, options),
        (model, place) => (model.tiles.get(place)?.storedAt ?? 0) < time,
      );
    },
    () => evict(name, dice),
    () => evict(name, dice),
  ];
  return dice.pick(makers)();
}

function create(name: string, dice: Dice): ModelStep {
  const limits = { maxLength: dice.chance(0.5) ? dice.below(8) : undefined };
  return {
    what: `create ${name}`,
    call: ({ stores }) => stores.create(name, limits),
    apply: (model) => {
      createStore(model, name, limits);
      return DONE;
    },
  };
}

function dropping(kind: "delete" | "reset", name: string): ModelStep {
  return {
    what: `${kind} ${name}`,
    call: ({ stores }) => stores[kind](name),
    apply: (model) => {
      const store = model.stores.get(name);
      if (store === undefined) {
        return kind === "delete" ? { value: { removed: 0, deleted: 0, bytes: 0 } } : { error: StoreNotFoundError };
      }
      dropDownloads(model, name);
      store.hits = 0;
      store.misses = 0;
      const value = takeOut(model, store, [...store.tiles.keys()]);
      if (kind === "delete") model.stores.delete(name);
      return { value };
    },
  };
}

function rename(name: string, newName: string): ModelStep {
  return {
    what: `rename ${name} to ${newName}`,
    call: ({ stores }) => stores.rename(name, newName),
    apply: onStore(name, (store, { stores, downloads }) => {
      if (name === newName) return DONE;
      if (stores.has(newName)) return { error: StoreExistsError };
      stores.delete(name);
      stores.set(newName, store);
      for (const [id, owner] of downloads) if (owner === name) downloads.set(id, newName);
      return DONE;
    }),
  };
}

function setLimits(name: string, dice: Dice): ModelStep {
  const limits = dice.chance(0.5)
    ? { maxLength: dice.below(6) }
    : { maxBytes: dice.chance(0.7) ? dice.below(200) : undefined };
  return {
    what: `setLimits of ${name}`,
    call: ({ stores }) => stores.setLimits(name, limits),
    apply: onStore(name, (store) => {
      store.limits = { ...store.limits, ...limits };
      return DONE;
    }),
  };
}

function use(name: string, dice: Dice): ModelStep {
  const [hits, misses] = [dice.below(5), dice.below(5)];
  return {
    what: `recordUse of ${name}`,
    call: ({ stores }) => stores.recordUse(name, { hits, misses }),
    apply: onStore(name, (store) => {
      store.hits += hits;
      store.misses += misses;
      return DONE;
    }),
  };
}

function setMetadata(name: string, step: number): ModelStep {
  const entries = { [`key ${step % 5}`]: `${step}` };
  return {
    what: `metadata.set of ${name}`,
    call: ({ metadata }) => metadata.set(name, entries),
    apply: onStore(name, (store) => {
      store.metadata = { ...store.metadata, ...entries };
      return DONE;
    }),
  };
}

function putDownload(name: string, step: number): ModelStep {
  return {
    what: `downloads.put for ${name}`,
    call: ({ downloads }) => downloads.put(recordOf(`${step}`, name)),
    apply: onStore(name, (_, { downloads }) => {
      downloads.set(`${step}`, name);
      return DONE;
    }),
  };
}

function commit(name: string, dice: Dice, step: number): ModelStep {
  const places = new Set(Array.from({ length: 1 + dice.below(5) }, () => randomPlace(dice)));
  const tiles = [...places].map((place) => randomWrite(place, dice, step));
  const [first] = tiles;
  if (first?.bytes !== undefined && dice.chance(0.3)) tiles.push({ ...first, bytes: bytesOf(dice.below(40), "twice") });
  const pinned = dice.chance(0.3);
  return {
    what: `commit of ${[...places].join(", ")} to ${name}`,
    call: (store) => store.commit({ store: name, tiles, pinned }),
    apply: onStore(name, (store, model) => {
      if (!canCommit(model, tiles)) return { error: TileNotFoundError };
      commitTiles(model, store, tiles, pinned);
      return DONE;
    }),
  };
}

function evict(name: string, dice: Dice): ModelStep {
  const pinned = dice.chance(0.3);
  const limits = dice.pick([{}, { maxLength: dice.below(6) }, { maxBytes: dice.below(150) }]);
  return {
    what: `evictOldest of ${name}`,
    call: ({ tiles }) => tiles.evictOldest(name, { ...limits, pinned }),
    rehearse: ({ tiles }) => tiles.evictOldest(name, { ...limits, pinned, dryRun: true }),
    apply: onStore(name, (store, model) => ({
      value: takeOut(model, store, evicted(model, store, { ...limits, pinned })),
    })),
  };
}

function removing(
  what: string,
  name: string,
  call: (store: TileStore, options: RemoveOptions) => Promise<Freed>,
  goes: (model: Model, place: string) => boolean,
): ModelStep {
  return {
    what: `${what} of ${name}`,
    call: (store) => call(store, {}),
    rehearse: (store) => call(store, { dryRun: true }),
    apply: onStore(name, (store, model) => ({
      value: takeOut(
        model,
        store,
        [...store.tiles.keys()].filter((place) => goes(model, place)),
      ),
    })),
  };
}

function onStore(
  name: string,
  change: (store: ModelStore, model: Model) => ReturnType<ModelStep["apply"]>,
): ModelStep["apply"] {
  return (model) => {
    const store = model.stores.get(name);
    return store === undefined ? { error: StoreNotFoundError } : change(store, model);
  };
}

/** Few places, so that stores come to share them. */
function randomPlace(dice: Dice): string {
  const source = dice.pick(SOURCES);
  return placeOf({ source, z: 2 + dice.below(2), x: dice.below(4), y: dice.below(2) });
}

/** Tiles of different sources are never equally old, as the order of sources is a store's own. */
function randomWrite(place: string, dice: Dice, step: number): TileWrite {
  const key = keyAt(place);
  const storedAt = 2 * dice.below(20) + SOURCES.indexOf(key.source);
  if (dice.chance(0.1)) return { ...key, storedAt };
  return { ...key, storedAt, bytes: bytesOf(dice.below(40), `${place} ${step}`), etag: `${step}` };
}
