import { StoreFullError } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { MAX_SOURCES, SOURCE_SHIFT } from "./schema.ts";
import { type TextValue, textOf, textValue } from "./text-value.ts";

/** The number of a source; undefined if no tile of it has ever been here. */
export function findSource(connection: Connection, name: string): number | undefined {
  const row = connection.prepare("SELECT id FROM sources WHERE name = ?").get(textValue(name));
  return row?.id as number | undefined;
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
  const id = next <= MAX_SOURCES ? next : forgetSource(connection);
  connection.prepare("INSERT INTO sources (id, name) VALUES (?, ?)").run(id, textValue(name));
  return id;
}

/** Makes the number of a source without tiles free again. */
function forgetSource(connection: Connection): number {
  const row = connection
    .prepare(
      `DELETE FROM sources WHERE id = (
         SELECT s.id FROM sources s
         WHERE NOT EXISTS (SELECT 1 FROM tiles WHERE id >= s.id << ${SOURCE_SHIFT} AND id < s.id + 1 << ${SOURCE_SHIFT})
         LIMIT 1
       ) RETURNING id`,
    )
    .get() as { id: number } | undefined;
  if (row === undefined) {
    throw new StoreFullError(`The database holds tiles of ${MAX_SOURCES} sources, and there is no room for another.`);
  }
  return row.id;
}
