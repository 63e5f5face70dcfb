import { RegionError } from "../../errors/region-error.ts";
import { StoreInputError } from "../../errors/store-input-error.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, rejects } from "../assert.ts";
import { collect, snapshotOf } from "../observe.ts";
import { failedAt, fill, keyAt, progressOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";
import { worldCover } from "../world-cover.ts";

/** Calls that have to be refused, each with the field that its error has to name. */
type Refused = readonly (readonly [field: string, call: () => Promise<unknown>])[];

const HALF = "\uD83C";
const NAMES = [undefined, null, 7, "", HALF, `a${HALF}b`, "\uDFD4", {}, ["a"]];
const TEXTS = [null, 7, HALF, {}];
const WHOLE = [null, "1", -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1n];
const TIMES = [...WHOLE, 8.64e15 + 1];
const FLAGS = [null, 0, "true"];
const OBJECTS = [null, 7, "a", []];

/** What a value is when the types would not let it pass. */
function wrong(value: unknown): never {
  return value as never;
}

/** A call for each of these values. */
function each(field: string, values: readonly unknown[], call: (value: never) => Promise<unknown>): Refused {
  return values.map((value) => [field, () => call(wrong(value))] as const);
}

async function assertRefused(store: TileStore, refused: Refused): Promise<void> {
  await fill(store, "a", ["1/0/0"]);
  await store.downloads.put(recordOf("d", "a"));
  await store.downloads.acquire("d", { owner: "one", now: 0, expiresAt: 100 });
  const before = await snapshotOf(store);
  for (const [i, [field, call]] of refused.entries()) {
    const what = `call ${i}, whose ${field} is not valid,`;
    equal((await rejects(call, StoreInputError, what)).field, field, `the field that ${what} names`);
  }
  equal(await snapshotOf(store), before, "the database after calls that were refused");
}

export const invalidInput = scenariosOf("invalid-input", {
  "to-stores": ({ store }) => {
    const { stores } = store;
    return assertRefused(store, [
      ...each("store", NAMES, (name) => stores.create(name)),
      ...each("store", NAMES, (name) => stores.delete(name)),
      ...each("store", NAMES, (name) => stores.rename(name, "b")),
      ...each("newName", NAMES, (name) => stores.rename("a", name)),
      ...each("store", NAMES, (name) => stores.reset(name)),
      ...each("store", NAMES, (name) => stores.has(name)),
      ...each("store", NAMES, (name) => stores.limits(name)),
      ...each("store", NAMES, (name) => stores.stats(name)),
      ...each("store", NAMES, (name) => stores.setLimits(name, {})),
      ...each("store", NAMES, (name) => stores.recordUse(name, { hits: 1, misses: 1 })),
      ...each("limits", OBJECTS, (limits) => stores.create("b", limits)),
      ...each("limits", OBJECTS, (limits) => stores.setLimits("a", limits)),
      ...each("maxLength", WHOLE, (maxLength) => stores.create("b", { maxLength })),
      ...each("maxBytes", WHOLE, (maxBytes) => stores.create("b", { maxBytes })),
      ...each("maxLength", WHOLE, (maxLength) => stores.setLimits("a", { maxLength })),
      ...each("maxBytes", WHOLE, (maxBytes) => stores.setLimits("a", { maxBytes })),
      ...each("use", OBJECTS, (use) => stores.recordUse("a", use)),
      ...each("hits", [undefined, ...WHOLE], (hits) => stores.recordUse("a", { hits, misses: 1 })),
      ...each("misses", [undefined, ...WHOLE], (misses) => stores.recordUse("a", { hits: 1, misses })),
    ]);
  },

  "to-metadata": ({ store }) => {
    const { metadata } = store;
    return assertRefused(store, [
      ...each("store", NAMES, (name) => metadata.read(name)),
      ...each("store", NAMES, (name) => metadata.set(name, {})),
      ...each("store", NAMES, (name) => metadata.remove(name, "colour")),
      ...each("store", NAMES, (name) => metadata.reset(name)),
      ...each("metadata", OBJECTS, (entries) => metadata.set("a", entries)),
      ...each("metadata", [{ [HALF]: "red" }, { fine: "yes", [`a${HALF}`]: "red" }], (entries) =>
        metadata.set("a", entries),
      ),
      ...each("metadata.colour", [undefined, ...TEXTS], (colour) => metadata.set("a", { fine: "yes", colour })),
      ...each("key", [undefined, ...TEXTS], (key) => metadata.remove("a", key)),
    ]);
  },

  "to-tiles": ({ store }) => {
    const { tiles } = store;
    const key = keyAt("1/0/0");
    const filters = <T>(call: (filter: never) => Promise<T>) => [
      ...each("filter", OBJECTS, call),
      ...each("stores", [null, "a", {}], (stores) => call(wrong({ stores }))),
      ...each("stores[1]", NAMES, (name) => call(wrong({ stores: ["a", name] }))),
    ];
    return assertRefused(store, [
      ...badKeys("key", (bad) => tiles.read(bad)),
      ...badKeys("keys[1]", (bad) => tiles.info([key, bad])),
      ...badKeys("keys[0]", (bad) => tiles.has([bad])),
      ...badKeys("keys[0]", (bad) => tiles.remove("a", [bad])),
      ...badKeys("after", (bad) => collect(tiles.scan({ after: bad }))),
      ...each("keys", [undefined, null, "1/0/0", key], (keys) => tiles.info(keys)),
      ...each("keys", [undefined, null, "1/0/0", key], (keys) => tiles.has(keys)),
      ...each("keys", [undefined, null, "1/0/0", key], (keys) => tiles.remove("a", keys)),
      ...filters((filter) => tiles.read(key, filter)),
      ...filters((filter) => tiles.info([key], filter)),
      ...filters((filter) => tiles.has([key], filter)),
      ...filters((filter) => collect(tiles.scan(filter))),
      ...each("source", [null, 7, "", HALF, "https://a.example/?key=1"], (source) => collect(tiles.scan({ source }))),
      ...each("bytes", FLAGS, (bytes) => collect(tiles.scan({ bytes }))),
      ...each("store", NAMES, (name) => tiles.latest(name)),
    ]);
  },

  "to-removals": ({ store }) => {
    const { tiles } = store;
    const cover = worldCover(0, 1);
    const options = (call: (options: never) => Promise<unknown>) => [
      ...each("options", OBJECTS, call),
      ...each("dryRun", FLAGS, (dryRun) => call(wrong({ dryRun }))),
    ];
    return assertRefused(store, [
      ...each("store", NAMES, (name) => tiles.remove(name, [])),
      ...each("store", NAMES, (name) => tiles.removeCover(name, "topo", cover)),
      ...each("store", NAMES, (name) => tiles.removeOlderThan(name, 5_000)),
      ...each("store", NAMES, (name) => tiles.evictOldest(name, { maxLength: 0 })),
      ...each("source", [...NAMES, "https://a.example"], (source) => tiles.removeCover("a", source, cover)),
      ...each("cover", [undefined, null, {}, [], "cover"], (bad) => tiles.removeCover("a", "topo", bad)),
      ...each("time", [undefined, ...TIMES], (time) => tiles.removeOlderThan("a", time)),
      ...each("maxLength", WHOLE, (maxLength) => tiles.evictOldest("a", { maxLength })),
      ...each("maxBytes", WHOLE, (maxBytes) => tiles.evictOldest("a", { maxBytes })),
      ...each("pinned", FLAGS, (pinned) => tiles.evictOldest("a", { maxLength: 0, pinned })),
      ...options((bad) => tiles.remove("a", [keyAt("1/0/0")], bad)),
      ...options((bad) => tiles.removeCover("a", "topo", cover, bad)),
      ...options((bad) => tiles.removeOlderThan("a", 5_000, bad)),
      ...options((bad) => tiles.evictOldest("a", bad)),
    ]);
  },

  "to-commit": ({ store }) => {
    const commit = (fields: object) => store.commit({ store: "a", tiles: [tileAt("1/1/1")], ...fields });
    const tile = (fields: object) => commit({ tiles: [tileAt("1/1/1"), { ...tileAt("1/0/0"), ...fields }] });
    return assertRefused(store, [
      ...each("commit", [undefined, ...OBJECTS], (bad) => store.commit(bad)),
      ...each("store", NAMES, (name) => commit({ store: name })),
      ...each("tiles", [undefined, null, {}, "1/0/0"], (tiles) => commit({ tiles })),
      ...each("pinned", FLAGS, (pinned) => commit({ pinned })),
      ...each("transfer", FLAGS, (transfer) => commit({ transfer })),
      ...badKeys("tiles[1]", (bad) => commit({ tiles: [tileAt("1/1/1"), bad] }), tileAt("1/0/0")),
      ...each("tiles[1].bytes", [null, "PNG", [1, 2], new ArrayBuffer(4), new Uint16Array(4)], (bytes) =>
        tile({ bytes }),
      ),
      ...each("tiles[1].storedAt", [undefined, ...TIMES], (storedAt) => tile({ storedAt })),
      ...each("tiles[1].expiresAt", TIMES, (expiresAt) => tile({ expiresAt })),
      ...each("tiles[1].etag", TEXTS, (etag) => tile({ etag })),
      ...each("tiles[1].lastModified", TEXTS, (lastModified) => tile({ lastModified })),
      ...each("tiles[1].contentType", TEXTS, (contentType) => tile({ contentType })),
    ]);
  },

  "to-checkpoints": ({ store }) => {
    const commit = (checkpoint: unknown) =>
      store.commit({ store: "a", tiles: [tileAt("1/1/1")], checkpoint: wrong(checkpoint) });
    const sound = { download: "d", epoch: 1, progress: progressOf([0, 5]) };
    const failed = (fields: object) => commit({ ...sound, failed: [failedAt(1), { ...failedAt(2), ...fields }] });
    const places = [undefined, ...WHOLE];
    return assertRefused(store, [
      ...each("checkpoint", OBJECTS, commit),
      ...each("checkpoint.download", NAMES, (download) => commit({ ...sound, download })),
      ...each("checkpoint.epoch", places, (epoch) => commit({ ...sound, epoch })),
      ...each("checkpoint.leaseExpiresAt", TIMES, (leaseExpiresAt) => commit({ ...sound, leaseExpiresAt })),
      ...each("checkpoint.failed", [null, {}], (bad) => commit({ ...sound, failed: bad })),
      ...each("checkpoint.failed[0]", OBJECTS, (bad) => commit({ ...sound, failed: [bad] })),
      ...each("checkpoint.failed[1].index", places, (index) => failed({ index })),
      ...each("checkpoint.failed[1].z", [...places, 25], (z) => failed({ z })),
      ...each("checkpoint.failed[1].x", [...places, 2 ** 20], (x) => failed({ x })),
      ...each("checkpoint.failed[1].y", [...places, 2 ** 20], (y) => failed({ y })),
      ...each("checkpoint.failed[1].reason", [undefined, ...TEXTS], (reason) => failed({ reason })),
      ...each("checkpoint.failed[1].detail", TEXTS, (detail) => failed({ detail })),
      ...each("checkpoint.failed[1].attempts", places, (attempts) => failed({ attempts })),
      ...each("checkpoint.failed[1].failedAt", [undefined, ...TIMES], (time) => failed({ failedAt: time })),
      ...each("checkpoint.recovered", [null, {}], (recovered) => commit({ ...sound, recovered })),
      ...each("checkpoint.recovered[1]", places, (index) => commit({ ...sound, recovered: [1, index] })),
      ...badProgress("checkpoint.progress", (progress) => commit({ ...sound, progress })),
    ]);
  },

  "to-downloads": async ({ store }) => {
    const { downloads } = store;
    const put = (fields: object) => downloads.put({ ...recordOf("e", "a"), ...fields });
    const lease = { owner: "two", now: 200, expiresAt: 300 };
    const notJson = [undefined, 1n, Number.NaN, () => 1, new Map(), HALF, { deep: [undefined] }];
    await assertRefused(store, [
      ...each("download", [undefined, ...OBJECTS], (bad) => downloads.put(bad)),
      ...each("id", NAMES, (id) => put({ id })),
      ...each("store", NAMES, (name) => put({ store: name })),
      ...each("createdAt", [undefined, ...TIMES], (createdAt) => put({ createdAt })),
      ...each("total", [undefined, ...WHOLE], (total) => put({ total })),
      ...each("coverOrder", [undefined, ...WHOLE], (coverOrder) => put({ coverOrder })),
      ...each("options", [undefined, ...OBJECTS], (options) => put({ options })),
      ...each("options.bad", notJson.slice(0, -1), (bad) => put({ options: { fine: 1, bad } })),
      ...each("options.bad.deep[0]", notJson.slice(-1), (bad) => put({ options: { bad } })),
      ...badProgress("progress", (progress) => put({ progress })),
      ...each("id", NAMES, (id) => downloads.get(id)),
      ...each("id", NAMES, (id) => collect(downloads.failed(id))),
      ...each("id", NAMES, (id) => downloads.remove(id)),
      ...each("id", NAMES, (id) => downloads.acquire(id, lease)),
      ...each("id", NAMES, (id) => downloads.renew(id, { epoch: 1, expiresAt: 300 })),
      ...each("id", NAMES, (id) => downloads.release(id, { epoch: 1 })),
      ...each("filter", OBJECTS, (filter) => downloads.list(filter)),
      ...each("store", NAMES.slice(1), (name) => downloads.list({ store: name })),
      ...each("options", OBJECTS, (options) => downloads.remove("d", options)),
      ...each("epoch", WHOLE, (epoch) => downloads.remove("d", { epoch })),
      ...each("lease", [undefined, ...OBJECTS], (request) => downloads.acquire("d", request)),
      ...each("owner", NAMES, (owner) => downloads.acquire("d", { ...lease, owner })),
      ...each("now", [undefined, ...TIMES], (now) => downloads.acquire("d", { ...lease, now })),
      ...each("expiresAt", [undefined, ...TIMES], (expiresAt) => downloads.acquire("d", { ...lease, expiresAt })),
      ...each("deadEpoch", WHOLE, (deadEpoch) => downloads.acquire("d", { ...lease, deadEpoch })),
      ...each("renewal", [undefined, ...OBJECTS], (renewal) => downloads.renew("d", renewal)),
      ...each("epoch", [undefined, ...WHOLE], (epoch) => downloads.renew("d", { epoch, expiresAt: 300 })),
      ...each("expiresAt", [undefined, ...TIMES], (expiresAt) => downloads.renew("d", { epoch: 1, expiresAt })),
      ...each("lease", [undefined, ...OBJECTS], (bad) => downloads.release("d", bad)),
      ...each("epoch", [undefined, ...WHOLE], (epoch) => downloads.release("d", { epoch })),
    ]);
    const region = { ...recordOf("e", "a").region, maxZoom: 25 };
    equal((await rejects(() => put({ region }), RegionError, "a record whose region is not valid")).field, "maxZoom");
    equal(await downloads.get("e"), undefined);
  },

  // A URL may hold a key, which neither the database nor a message may give away.
  "urls-are-no-sources": async ({ store }) => {
    const url = "https://tiles.example/?key=secret";
    await store.stores.create("a");
    const commit = () => store.commit({ store: "a", tiles: [{ ...tileAt("1/0/0"), source: url }] });
    const error = await rejects(commit, StoreInputError);
    equal([error.field, error.value, error.message.includes("secret")], ["tiles[0].source", undefined, false]);
  },
});

function badKeys(field: string, call: (key: never) => Promise<unknown>, sound: object = keyAt("1/0/0")): Refused {
  const key = (fields: object) => call(wrong({ ...sound, ...fields }));
  return [
    ...each(field, [null, 7, "1/0/0", []], (bad) => call(bad)),
    ...each(`${field}.source`, [...NAMES, "https://a.example/{z}"], (source) => key({ source })),
    ...each(`${field}.z`, [undefined, ...WHOLE, 25], (z) => key({ z })),
    ...each(`${field}.x`, [undefined, ...WHOLE, 2], (x) => key({ x })),
    ...each(`${field}.y`, [undefined, ...WHOLE, 2], (y) => key({ y })),
    ...each(`${field}.x`, [2 ** 24, -1], (x) => key({ z: 24, x })),
  ];
}

function badProgress(field: string, call: (progress: unknown) => Promise<unknown>): Refused {
  const progress = (fields: object) => call({ ...progressOf([]), ...fields });
  return [
    ...each(field, [undefined, ...OBJECTS], call),
    ...each(`${field}.state`, [undefined, null, "failed", "Running"], (state) => progress({ state })),
    ...each(`${field}.updatedAt`, [undefined, ...TIMES], (updatedAt) => progress({ updatedAt })),
    ...each(`${field}.finished`, [undefined, null, {}, [0], [0, 1, 5]], (finished) => progress({ finished })),
    ...each(`${field}.finished[1]`, [undefined, ...WHOLE, 4, 3], (end) => progress({ finished: [4, end] })),
    ...each(`${field}.finished[2]`, [5, 6, 7], (start) => progress({ finished: [4, 7, start, 9] })),
    ...each(`${field}.counts`, [undefined, ...OBJECTS], (counts) => progress({ counts })),
    ...each(`${field}.counts.stored`, [undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n], (stored) =>
      progress({ counts: { stored } }),
    ),
  ];
}
