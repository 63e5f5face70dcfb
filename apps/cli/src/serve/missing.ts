import { formatCount } from "../output/format-count.ts";
import { type Answer, textAnswer } from "./answer.ts";
import type { MapService } from "./map-service.ts";
import { sourcesOf } from "./sources-of.ts";

const MOST_NAMES = 20;

/** That there is no such store, and which there are; undefined if there is. */
export async function missingStore({ store, stores, isServed }: MapService, name: string): Promise<Answer | undefined> {
  if (isServed(name) && (await store.stores.has(name))) return undefined;
  const names = await stores();
  const there = names.length === 0 ? "There is none." : `There is ${listOf(names)}.`;
  return textAnswer(404, `There is no store ${JSON.stringify(name)} here. ${there}`);
}

/** The source that is meant, where none is named; else the answer that says why there is not just one. */
export async function onlySource(service: MapService, store: string): Promise<string | Answer> {
  const sources = await sourcesOf(service, store);
  const [only] = sources;
  if (only === undefined) return textAnswer(404, `Store ${JSON.stringify(store)} is empty.`);
  if (sources.length === 1) return only;
  return textAnswer(
    404,
    `Store ${JSON.stringify(store)} has tiles of several sources: ${listOf(sources)}. / lists their addresses.`,
  );
}

/** That a store has nothing of a source, and what it has; undefined if it has. */
export async function missingSource(service: MapService, store: string, source: string): Promise<Answer | undefined> {
  const sources = await sourcesOf(service, store);
  if (sources.includes(source)) return undefined;
  const there = sources.length === 0 ? "It is empty." : `It has tiles of ${listOf(sources)}.`;
  return textAnswer(404, `Store ${JSON.stringify(store)} has no tiles of a source ${JSON.stringify(source)}. ${there}`);
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(name));
  const more = names.length - shown.length;
  return shown.join(", ") + (more > 0 ? `, and ${formatCount(more)} more` : "");
}
