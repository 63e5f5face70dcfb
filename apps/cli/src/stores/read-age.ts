import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["min", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 7 * 86_400_000],
  ["y", 365 * 86_400_000],
]);

/** The milliseconds of `--older-than 30d`. */
export function readAge(value: string): number {
  const [, number, unit = ""] = /^(\d{1,9}(?:\.\d+)?)\s*(min|h|d|w|y)$/i.exec(value.trim()) ?? [];
  const length = UNITS.get(unit.toLowerCase());
  if (number !== undefined && length !== undefined) return Number(number) * length;
  throw new UsageError(`--older-than is ${quoted(value)}, but must be a time, such as 90min, 12h, 30d, 8w or 1y.`);
}
