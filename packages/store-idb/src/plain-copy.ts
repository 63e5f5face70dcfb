/** A copy of plain JSON as it is now, whatever its owner does to it later, without the properties that are undefined. */
export function plainCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
