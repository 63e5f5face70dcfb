import type { Connection } from "./connection.ts";
import { type Outcome, outcome } from "./outcome.ts";
import { storeId } from "./store-rows.ts";
import { type TextValue, textOf, textValue } from "./text-value.ts";

export function setMetadata(
  connection: Connection,
  name: string,
  entries: Readonly<Record<string, string>>,
): Outcome<void> {
  const store = storeId(connection, name);
  for (const [key, value] of Object.entries(entries)) {
    connection
      .prepare("INSERT OR REPLACE INTO metadata (store, key, value) VALUES (?, ?, ?)")
      .run(store, textValue(key), textValue(value));
  }
  return changed(undefined, name);
}

export function removeMetadata(connection: Connection, name: string, key: string): Outcome<string | undefined> {
  const row = connection
    .prepare("DELETE FROM metadata WHERE store = ? AND key = ? RETURNING value")
    .get(storeId(connection, name), textValue(key)) as { value: TextValue } | undefined;
  return row === undefined ? outcome(undefined) : changed(textOf(row.value), name);
}

export function resetMetadata(connection: Connection, name: string): Outcome<void> {
  connection.prepare("DELETE FROM metadata WHERE store = ?").run(storeId(connection, name));
  return changed(undefined, name);
}

function changed<T>(value: T, store: string): Outcome<T> {
  return outcome(value, { kind: "metadata", stores: [store] });
}
