const DEEPEST = 6;
const MOST = 1_000;

/**
 * A copy of a value as plain data that any port carries: numbers, texts, lists, plain objects. What is none of that, or
 * lies too deep, is left out, and so is what comes after the first thousand of a list or an object.
 */
export function plainData(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
      return value;
    case "object":
      break;
    default:
      return undefined;
  }
  if (value === null) return null;
  if (depth >= DEEPEST) return undefined;
  if (Array.isArray(value)) return value.slice(0, MOST).map((each) => plainData(each, depth + 1));
  const entries = Object.entries(value).filter(([name]) => name !== "__proto__");
  return Object.fromEntries(entries.slice(0, MOST).map(([name, each]) => [name, plainData(each, depth + 1)]));
}
