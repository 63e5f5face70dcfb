import { readDecimal } from "./read-decimal.ts";

/** The metres of `500`, `500m` or `5km`; undefined if it is no such distance. */
export function readDistance(value: string): number | undefined {
  const [, number = "", unit] = /^(.*?)\s*(k?m)?$/i.exec(value.trim()) ?? [];
  const distance = readDecimal(number);
  if (distance === undefined || distance < 0) return undefined;
  return unit?.toLowerCase() === "km" ? distance * 1_000 : distance;
}
