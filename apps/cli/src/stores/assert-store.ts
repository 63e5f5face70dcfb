import type { TileStore } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { MissingError } from "../missing-error.ts";
import { formatCount } from "../output/format-count.ts";

const MOST_NAMES = 20;

/** @throws MissingError that names the stores there are, if this one is not among them. */
export async function assertStore(store: TileStore, name: string): Promise<void> {
  if (name !== "" && (await store.stores.has(name))) return;
  throw new MissingError(noStoreText(name, await store.stores.list()));
}

/** `There is no store "hike". There is "hiking".` */
export function noStoreText(name: string, names: readonly string[]): string {
  return `There is no store ${quoted(name)}. There is ${names.length === 0 ? "none" : listOf(names)}.`;
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(quoted).join(", ");
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${shown}, and ${formatCount(more)} more` : shown;
}
