import { describe } from "../errors/describe.ts";
import { RegionError } from "../errors/region-error.ts";

/** Reads a finite number, or says which field has none. */
export function readNumber(value: unknown, field: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new RegionError(field, value, `is ${describe(value)}, but must be a finite number.`);
  }
  // JSON knows no −0: without it, plain data survives the journey unchanged.
  return value + 0;
}

/** Reads a whole number between two bounds, both included. */
export function readInteger(value: unknown, field: string, least: number, most: number): number {
  const number = readNumber(value, field);
  if (!Number.isInteger(number) || number < least || number > most) {
    const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
    throw new RegionError(field, value, `is ${number}, but must be a whole number ${range}.`);
  }
  return number;
}
