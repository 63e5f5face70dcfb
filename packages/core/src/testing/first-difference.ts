/** Where two values differ, as a path such as `.stores[2].bytes`, and what each holds there. */
export interface Difference {
  readonly path: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

/**
 * The first place where two values are not equal; undefined if they are equal through and through. A property that is
 * undefined and one that is absent are the same.
 */
export function firstDifference(actual: unknown, expected: unknown, path = ""): Difference | undefined {
  if (Object.is(actual, expected)) return undefined;
  const here = { path, actual, expected };
  if (!isObject(actual) || !isObject(expected) || kindOf(actual) !== kindOf(expected)) return here;
  if (actual instanceof Uint8Array && expected instanceof Uint8Array) {
    return sameBytes(actual, expected) ? undefined : here;
  }
  if (actual instanceof Set && expected instanceof Set) {
    return actual.size === expected.size && [...actual].every((item) => expected.has(item)) ? undefined : here;
  }
  if (Array.isArray(actual) && Array.isArray(expected) && actual.length !== expected.length) return here;
  return amongEntries(entriesOf(actual), entriesOf(expected), path, Array.isArray(actual));
}

function amongEntries(
  actual: ReadonlyMap<unknown, unknown>,
  expected: ReadonlyMap<unknown, unknown>,
  path: string,
  isList: boolean,
): Difference | undefined {
  for (const name of new Set([...expected.keys(), ...actual.keys()])) {
    const step = isList ? `[${name}]` : `.${String(name)}`;
    const difference = firstDifference(actual.get(name), expected.get(name), path + step);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function kindOf(value: object): string {
  return Object.prototype.toString.call(value);
}

/** Own entries only, so that a key such as `__proto__` is a key like others. */
function entriesOf(value: object): ReadonlyMap<unknown, unknown> {
  return value instanceof Map ? value : new Map(Object.entries(value));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
