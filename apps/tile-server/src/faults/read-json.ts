import { UsageError } from "../usage-error.ts";

// Readers of JSON values. Each returns the value with its type, or throws a UsageError that names it.

export function readObject(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new UsageError(`${name} is ${show(value)}: give an object.`);
}

export function readNumber(value: unknown, name: string, least: number, most: number): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new UsageError(`${name} is ${show(value)}: give a number from ${least} to ${most}.`);
}

export function readWhole(value: unknown, name: string, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`${name} is ${show(value)}: give a whole number from ${least} to ${most}.`);
}

export function readShare(value: unknown, name: string): number {
  return readNumber(value, name, 0, 1);
}

export function readBoolean(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  throw new UsageError(`${name} is ${show(value)}: give true or false.`);
}

export function readOneOf<Choice extends string>(value: unknown, choices: readonly Choice[], name: string): Choice {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new UsageError(`${name} is ${show(value)}: give ${choices.map((choice) => `"${choice}"`).join(" or ")}.`);
}

export function refuseUnknown(given: Readonly<Record<string, unknown>>, known: readonly string[], name: string): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new UsageError(`${name} has no "${unknown}": there is ${known.join(", ")}.`);
}

function show(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
