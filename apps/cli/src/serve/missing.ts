import { formatCount } from "../output/format-count.ts";
import { noStoreText } from "../stores/assert-store.ts";
import { type Answer, textAnswer } from "./answer.ts";
import type { MapService } from "./map-service.ts";
import { sourcesOf } from "./sources-of.ts";

const MOST_NAMES = 20;

/** Says that there is no such store, and which there are; undefined if there is. */
export async function answerUnlessStore(service: MapService, name: string): Promise<Answer | undefined> {
  const { store, stores, isServed } = service;
  if (isServed(name) && (await store.stores.has(name))) return undefined;
  return textAnswer(404, noStoreText(name, await stores()));
}

/** The source that is meant where none is named; else the answer that says why it is not clear. */
export async function shortSourceOrAnswer(service: MapService, store: string): Promise<string | Answer> {
  const { all, short } = await sourcesOf(service, store);
  if (short !== undefined) return short;
  const text =
    all.length === 0 ? "is empty." : `has tiles of several sources: ${listOf(all)}. / lists their addresses.`;
  return textAnswer(404, `Store ${JSON.stringify(store)} ${text}`);
}

/** Says that a store has nothing of a source, and what it has; undefined if it has. */
export async function answerUnlessSource(
  service: MapService,
  store: string,
  source: string,
): Promise<Answer | undefined> {
  const { all } = await sourcesOf(service, store);
  if (all.includes(source)) return undefined;
  const there = all.length === 0 ? "It is empty." : `It has tiles of ${listOf(all)}.`;
  return textAnswer(404, `Store ${JSON.stringify(store)} has no tiles of a source ${JSON.stringify(source)}. ${there}`);
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(name));
  const more = names.length - shown.length;
  return shown.join(", ") + (more > 0 ? `, and ${formatCount(more)} more` : "");
}
