import { describe } from "../errors/describe.ts";
import { StoreInputError } from "../errors/store-input-error.ts";
import { MAX_ZOOM } from "../geo/mercator.ts";
import type { TileKey } from "../ports/tile.ts";

/** The last millisecond that a JavaScript date can hold. */
const LAST_TIME = 8.64e15;

export function readText(value: unknown, field: string): string {
  if (typeof value !== "string") throw new StoreInputError(field, value, `is ${describe(value)}, but must be a text.`);
  // Half a character has no UTF-8, so two such texts could become one.
  if (/\p{Surrogate}/u.test(value)) {
    throw new StoreInputError(
      field,
      value,
      "holds half a character (an unpaired surrogate). Mend the text it comes from.",
    );
  }
  return value;
}

export function readName(value: unknown, field: string): string {
  const name = readText(value, field);
  if (name === "") throw new StoreInputError(field, value, "is empty. Give it a name.");
  return name;
}

export function readSource(value: unknown, field: string): string {
  const source = readName(value, field);
  if (source.includes("://")) {
    // A URL may hold a key: neither the message nor the error repeats it.
    throw new StoreInputError(field, undefined, "is a URL, but must be the id of a source, which is stored as it is.");
  }
  return source;
}

/** A whole number from `least` to `most`. */
export function readWhole(value: unknown, field: string, most = Number.MAX_SAFE_INTEGER, least = 0): number {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
    throw new StoreInputError(field, value, `is ${describe(value)}, but must be a whole number ${range}.`);
  }
  return value as number;
}

/** Milliseconds since 1970, whole ones. */
export function readTime(value: unknown, field: string): number {
  if (typeof value === "number") return readWhole(value, field, LAST_TIME);
  const wanted = "must be milliseconds since 1970, as a date's getTime() gives them";
  throw new StoreInputError(field, value, `is ${describe(value)}, but ${wanted}.`);
}

export function readFlag(value: unknown, field: string): void {
  if (value === undefined || typeof value === "boolean") return;
  throw new StoreInputError(field, value, `is ${describe(value)}, but must be true or false.`);
}

/** Reads each item of a list, those that a sparse list leaves out included. */
export function readList<T>(value: readonly T[], field: string, read: (item: T, field: string) => unknown): void {
  if (!Array.isArray(value)) throw new StoreInputError(field, value, `is ${describe(value)}, but must be a list.`);
  for (let i = 0; i < value.length; i++) read(value[i], `${field}[${i}]`);
}

/** Reads each item of a list, unless the list is absent. */
export function readOptionalList<T>(
  value: readonly T[] | undefined,
  field: string,
  read: (item: T, field: string) => unknown,
): void {
  if (value !== undefined) readList(value, field, read);
}

export function readRecord(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new StoreInputError(field, value, `is ${describe(value)}, but must be an object.`);
  }
  return value as Readonly<Record<string, unknown>>;
}

/** Refuses names that nobody knows: a `dryrun` that is passed over deletes. */
export function readKnown(value: object, field: string, names: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new StoreInputError(`${field}.${unknown}`, unknown, `is unknown. There is ${names.join(", ")}.`);
}

/** Reads `value` unless it is absent. */
export function readOptional<T>(value: T | undefined, field: string, read: (value: T, field: string) => unknown): void {
  if (value !== undefined) read(value, field);
}

/** The source that was found valid last: most calls are about the same one. */
let knownSource: string | undefined;

export function readKey(key: TileKey, field: string): void {
  if (isValidKey(key)) return;
  readRecord(key, field);
  readSource(key.source, `${field}.source`);
  knownSource = key.source;
  readPlace(key, field);
}

/** The same without the names of fields, which take longer to put together than a tile to be read. */
function isValidKey(key: TileKey | null): boolean {
  if (typeof key !== "object" || key === null || key.source !== knownSource) return false;
  const { z, x, y } = key;
  if (!Number.isInteger(z) || z < 0 || z > MAX_ZOOM) return false;
  return Number.isInteger(x) && x >= 0 && x < 2 ** z && Number.isInteger(y) && y >= 0 && y < 2 ** z;
}

export function readPlace({ z, x, y }: Omit<TileKey, "source">, field: string): void {
  readWhole(z, `${field}.z`, MAX_ZOOM);
  readWhole(x, `${field}.x`, 2 ** z - 1);
  readWhole(y, `${field}.y`, 2 ** z - 1);
}

/** Not an instance of anything: what its entries do not show is not there. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
