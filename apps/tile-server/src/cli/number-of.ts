import { UsageError } from "../usage-error.ts";

/** @throws UsageError that names the flag */
export function numberOf(text: string | undefined, flag: string): number {
  const number = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw new UsageError(`${flag} has "${text}" where a number belongs.`);
}
