import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";

/** Reads a whole number, thousands separators allowed. */
export function whole(flag: string, value: string | undefined, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  const isWhole = /^(\d+|\d{1,3}([,_]\d{3})+)$/.test(value.trim());
  const number = Number(value.replace(/[,_]/g, ""));
  if (isWhole && number >= least && number <= most) return number;
  const range = `from ${least} to ${most.toLocaleString("en-GB")}`;
  throw new UsageError(`${flag} is ${quoted(value)}, but must be a whole number ${range}.`);
}
