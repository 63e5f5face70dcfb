import type { FailReason, SkipReason, TileEvent } from "./tile-event.ts";

/** How many tiles have had which outcome, and how many bytes came for them: plain numbers, as a record keeps them. */
export type TileCounts = Readonly<Record<CountName, number>>;

type CountName = SkipReason | FailReason | "stored" | "postponed" | "storedBytes" | "skippedBytes" | "failedBytes";

const NAMES: readonly CountName[] = [
  "stored",
  "storedBytes",
  "existing",
  "sea",
  "unmodified",
  "empty",
  "skippedBytes",
  "negative",
  "request",
  "invalid",
  "failedBytes",
  "postponed",
];

/** Counts outcomes. */
export class TileCounter {
  readonly #counts: Record<CountName, number>;

  /** Goes on from what a record has; what it does not name is 0. */
  constructor(recorded: { readonly [name: string]: number } = {}) {
    this.#counts = Object.fromEntries(NAMES.map((name) => [name, recorded[name] ?? 0])) as Record<CountName, number>;
  }

  /** `wasPostponed`: the tile has been counted as such before. */
  add({ outcome, reason, bytes }: TileEvent, wasPostponed: boolean): void {
    const counts = this.#counts;
    if (outcome === "retrying") return;
    if (wasPostponed) counts.postponed -= 1;
    if (outcome === "stored" || outcome === "postponed") counts[outcome] += 1;
    else if (reason !== undefined) counts[reason] += 1;
    if (outcome !== "postponed") counts[`${outcome}Bytes`] += bytes;
  }

  counts(): TileCounts {
    return { ...this.#counts };
  }
}
