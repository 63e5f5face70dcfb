import { StoreFullError } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { MAX_SOURCES } from "./row-id.ts";
import { type TextValue, textOf, textValue } from "./text-value.ts";

// Sources are never removed, so a number means the same source for ever.

const remembered = new WeakMap<Connection, Map<string, number>>();

/** The number of a source; undefined if no tile of it has ever been here. */
export function findSource(connection: Connection, name: string): number | undefined {
  const row = connection.prepare("SELECT id FROM sources WHERE name = ?").get(textValue(name));
  return row?.id as number | undefined;
}

/** The same for connections that see nothing but what is committed: what they have found once, they remember. */
export function committedSource(connection: Connection, name: string): number | undefined {
  const known = remembered.get(connection)?.get(name);
  if (known !== undefined) return known;
  const found = findSource(connection, name);
  if (found === undefined) return undefined;
  const names = remembered.get(connection) ?? new Map<string, number>();
  remembered.set(connection, names.set(name, found));
  return found;
}

/** The names of all sources, in the order of keys. */
export function sourceNames(connection: Connection): string[] {
  const rows = connection.prepare("SELECT name FROM sources").all() as { name: TextValue }[];
  return rows.map(({ name }) => textOf(name)).sort();
}

/** The number of a source, which is given one if it has none. */
export function addSource(connection: Connection, name: string): number {
  const known = findSource(connection, name);
  if (known !== undefined) return known;
  const { next } = connection.prepare("SELECT coalesce(max(id), 0) + 1 AS next FROM sources").get() as { next: number };
  if (next > MAX_SOURCES) {
    throw new StoreFullError(`The database has known ${MAX_SOURCES} sources, and there is no number for another.`);
  }
  connection.prepare("INSERT INTO sources (id, name) VALUES (?, ?)").run(next, textValue(name));
  return next;
}
