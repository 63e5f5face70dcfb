import type { TileStore } from "../../ports/tile-store.ts";
import { equal, rejects } from "../assert.ts";
import { collect, placesIn } from "../observe.ts";
import { placeOf } from "../samples.ts";
import type { Dice } from "../seeded-dice.ts";
import { createModel, createStore, type Model, type ModelStore, statsOf, sumOfBytes, tilesOf } from "./model.ts";
import { type ModelStep, randomStep } from "./model-step.ts";

/**
 * Does dice steps to a store and to a model of it, by one connection and another, and compares the two: after each
 * step what changes most, and now and then the rest.
 */
export async function runModel(connections: readonly TileStore[], dice: Dice, steps: number): Promise<void> {
  const model = createModel();
  for (const name of ["a", "b", "c"]) {
    createStore(model, name, {});
    await dice.pick(connections).stores.create(name);
  }
  for (let i = 1; i <= steps; i++) {
    const step = randomStep(dice, i, [...model.stores.keys()]);
    const what = `step ${i}, ${step.what}`;
    await take(dice.pick(connections), step, model, what);
    await assertSameTiles(dice.pick(connections), model, `after ${what}:`);
    if (i % 10 === 0) await assertSameRest(dice.pick(connections), model, `after ${what}:`);
  }
}

async function take(store: TileStore, step: ModelStep, model: Model, what: string): Promise<void> {
  // A dry run that fails is noticed below, and one that changes something by the comparison that follows.
  const rehearsed = await step.rehearse?.(store).catch(() => undefined);
  const outcome = step.apply(model);
  if ("error" in outcome) {
    await rejects(() => step.call(store), outcome.error, what);
    return;
  }
  equal(await step.call(store), outcome.value, what);
  if (step.rehearse !== undefined) equal<unknown>(rehearsed, outcome.value, `the dry run of ${what}`);
}

async function assertSameTiles(store: TileStore, model: Model, when: string): Promise<void> {
  const [{ length, bytes, stores }, scanned] = await Promise.all([
    store.stats(),
    collect(store.tiles.scan({ bytes: true })),
  ]);
  const sums = { length: model.tiles.size, bytes: sumOfBytes(model, model.tiles.keys()) };
  equal({ length, bytes }, sums, `${when} the sums of the database`);
  equal(stores, [...model.stores.keys()].sort(), `${when} the names of the stores`);
  const tiles = tilesOf(model, scanned.map(placeOf)).map((tile) => ({ ...tile, length: tile.bytes.length }));
  equal<readonly object[]>(scanned, tiles, `${when} the tiles`);
  equal(scanned.length, model.tiles.size, `${when} the number of tiles that a scan gives`);
  await Promise.all([...model.stores].map(([name, named]) => assertSameStore(store, model, name, named, when)));
}

async function assertSameStore(
  store: TileStore,
  model: Model,
  name: string,
  named: ModelStore,
  when: string,
): Promise<void> {
  const [stats, places] = await Promise.all([store.stores.stats(name), placesIn(store, name)]);
  equal(stats, statsOf(model, named), `${when} the sums of ${name}`);
  equal(new Set(places), new Set(named.tiles.keys()), `${when} the tiles of ${name}`);
  equal(places.length, named.tiles.size, `${when} the number of tiles that a scan of ${name} gives`);
}

async function assertSameRest(store: TileStore, model: Model, when: string): Promise<void> {
  for (const [name, { limits, metadata }] of model.stores) {
    equal(await store.stores.limits(name), limits, `${when} the limits of ${name}`);
    equal(await store.metadata.read(name), metadata, `${when} the metadata of ${name}`);
  }
  const downloads = (await store.downloads.list()).map(({ id, store: name }) => `${id} of ${name}`);
  const expected = [...model.downloads].map(([id, name]) => `${id} of ${name}`);
  equal(new Set(downloads), new Set(expected), `${when} the downloads`);
}
