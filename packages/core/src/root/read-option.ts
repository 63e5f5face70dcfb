import { describe } from "../errors/describe.ts";
import { OptionError } from "../errors/option-error.ts";

/** Refuses names that nobody knows; `whose` says what they are no options of. */
export function readKnown(options: object, names: readonly string[], whose: string): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new OptionError(unknown, undefined, `is no option of a ${whose}. There is ${names.join(", ")}.`);
}

export function readWhole(value: unknown, field: string, least: number, most: number, byDefault: number): number {
  if (value === undefined) return byDefault;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new OptionError(field, value, `is ${describe(value)}, but must be a whole number from ${least} to ${most}.`);
}

export function readFlag(value: unknown, field: string, byDefault: boolean): boolean {
  if (value === undefined) return byDefault;
  if (typeof value === "boolean") return value;
  throw new OptionError(field, value, `is ${describe(value)}, but must be true or false.`);
}
