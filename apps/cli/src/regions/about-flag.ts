import { RegionError } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";

/** Makes a region of an option's value. What core says of it comes to speak of the option. */
export function aboutFlag<T>(flag: string, value: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!RegionError.isInstance(error)) throw error;
    throw new UsageError(`${flag} is ${quoted(value)}: ${error.message}`);
  }
}
