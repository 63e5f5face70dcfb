import type { DownloadProgress } from "../ports/download-progress.ts";
import type { FailReason, SkipReason, TileEvent } from "../ports/tile-event.ts";

/** How many tiles have had which outcome, and how many bytes came for them: plain numbers, as a record keeps them. */
export type TileCounts = Readonly<Record<CountName, number>>;

type CountName =
  | SkipReason
  | FailReason
  | "stored"
  | "changed"
  | "gone"
  | "postponed"
  | "storedBytes"
  | "skippedBytes"
  | "failedBytes";

const NAMES: readonly CountName[] = [
  "stored",
  "storedBytes",
  "changed",
  "existing",
  "sea",
  "unmodified",
  "empty",
  "skippedBytes",
  "negative",
  "request",
  "invalid",
  "gone",
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

  /** `countedAs`: as what the tile has been counted before. */
  add({ outcome, reason, bytes, wasThere }: TileEvent, countedAs?: SkipReason | FailReason | "postponed"): void {
    const counts = this.#counts;
    if (outcome === "retrying") return;
    if (countedAs !== undefined) counts[countedAs] -= 1;
    if (countedAs === "negative" && wasThere) counts.gone -= 1;
    if (outcome === "stored" || outcome === "postponed") counts[outcome] += 1;
    else if (reason !== undefined) counts[reason] += 1;
    if (wasThere && outcome === "stored") counts.changed += 1;
    if (wasThere && reason === "negative") counts.gone += 1;
    if (outcome !== "postponed") counts[`${outcome}Bytes`] += bytes;
  }

  counts(): TileCounts {
    return { ...this.#counts };
  }
}

/** The counts of a progress, from those of tiles. */
export function sumsOf(
  counts: TileCounts,
): Pick<
  DownloadProgress,
  | "attempted"
  | "stored"
  | "skipped"
  | "failed"
  | "retryQueued"
  | "skippedBy"
  | "failedBy"
  | "changed"
  | "gone"
  | "storedBytes"
  | "skippedBytes"
  | "failedBytes"
> {
  const { stored, existing, sea, unmodified, empty, negative, request, invalid, postponed } = counts;
  const { changed, gone, storedBytes, skippedBytes, failedBytes } = counts;
  const skipped = existing + sea + unmodified + empty;
  const failed = negative + request + invalid;
  return {
    attempted: stored + skipped + failed + postponed,
    stored,
    skipped,
    failed,
    retryQueued: postponed,
    skippedBy: { existing, sea, unmodified, empty },
    failedBy: { negative, request, invalid },
    changed,
    gone,
    storedBytes,
    skippedBytes,
    failedBytes,
  };
}
