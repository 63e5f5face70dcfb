const LONGEST = 200;

/** A value as a message shows it: on one line, with what it holds, and cut where it gets long. */
export function show(value: unknown): string {
  const text = write(value, 4);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
}

function write(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return `${value.name} (${value.message})`;
  if (value instanceof Uint8Array) return `${value.length} bytes [${value.subarray(0, 20).join(", ")}]`;
  if (depth === 0) return "…";
  const list = (items: Iterable<unknown>) => Array.from(items, (item) => write(item, depth - 1)).join(", ");
  if (Array.isArray(value)) return `[${list(value)}]`;
  if (value instanceof Set) return `Set {${list(value)}}`;
  if (value instanceof Map) return `Map {${list(value)}}`;
  const properties = Object.entries(value).filter(([, held]) => held !== undefined);
  return `{ ${properties.map(([name, held]) => `${name}: ${write(held, depth - 1)}`).join(", ")} }`;
}
