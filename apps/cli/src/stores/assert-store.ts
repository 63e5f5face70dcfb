import type { TileStore } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { MissingError } from "../missing-error.ts";

/** @throws MissingError that names the stores there are, if this one is not among them. */
export async function assertStore(store: TileStore, name: string): Promise<void> {
  if (name !== "" && (await store.stores.has(name))) return;
  const names = await store.stores.list();
  const others = names.length === 0 ? "The file has none" : `There is ${names.slice(0, 20).map(quoted).join(", ")}`;
  throw new MissingError(`There is no store ${quoted(name)}. ${others}.`);
}
