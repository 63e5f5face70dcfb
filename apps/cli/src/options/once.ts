import { UsageError } from "../usage-error.ts";

/** Takes the value of an option that would lose its first value if it were given twice. */
export function once(flag: string): (value: string, before: string | undefined) => string {
  return (value, before) => {
    if (before === undefined) return value;
    throw new UsageError(`${flag} is given twice: take one of them.`);
  };
}
