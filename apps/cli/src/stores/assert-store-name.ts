import { UsageError } from "../usage-error.ts";

/** The name of a store, as it is given. */
export function assertStoreName(name: string): void {
  if (name.trim() === "") throw new UsageError("STORE is empty: give a name, such as hiking.");
}
