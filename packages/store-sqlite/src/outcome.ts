import type { StoreChange } from "@fmtc/core";

/** What a write gives: its result, and what it has changed, to be told once others can see it. */
export interface Outcome<T> {
  readonly value: T;
  readonly changes: readonly StoreChange[];
}

export function outcome<T>(value: T, ...changes: readonly (StoreChange | false)[]): Outcome<T> {
  return { value, changes: changes.filter((change) => change !== false) };
}
