import type { TileWrite } from "../ports/tile.ts";
import type { TileEvent, TileOutcome } from "../ports/tile-event.ts";
import type { Freshness } from "../response/verdict.ts";
import type { FinalAnswer } from "./answer.ts";
import type { AttemptContext } from "./attempt-context.ts";
import type { Work } from "./work-list.ts";

/** An event, and what is to be written because of it. */
export interface Attempt {
  readonly work: Work;
  readonly event: TileEvent;
  readonly write?: TileWrite | undefined;
}

/** It was tried often enough for now, or for good. */
export function givenUp(work: Work, tries: number, detail: string, bytes: number): Attempt {
  const outcome = work.failedAs === undefined ? "postponed" : "failed";
  return { work, event: eventOf(work, tries, { outcome, reason: "request", detail, bytes }) };
}

/** What an answer makes of a tile. */
export function attemptOf(
  work: Work,
  tries: number,
  answer: FinalAnswer,
  received: number,
  { isSea, foundSea, scheduler, minCacheMs }: AttemptContext,
): Attempt {
  const now = scheduler.now();
  const { info } = work;
  const event = (outcome: TileOutcome, reason?: TileEvent["reason"], detail?: string) =>
    eventOf(work, tries, { outcome, reason, detail, bytes: received });
  switch (answer.kind) {
    case "tile": {
      const { bytes } = answer;
      if (isSea(bytes)) {
        foundSea?.add(work.key);
        return { work, event: event("skipped", "sea") };
      }
      // Servers that know no conditions send the same again.
      const isSame = answer.etag !== undefined && answer.etag === info?.etag && bytes.length === info.length;
      const write = writeOf(work, answer, isSame ? undefined : bytes, now, minCacheMs);
      if (isSame) return { work, event: event("skipped", "unmodified"), write };
      return { work, event: event("stored"), write };
    }
    case "unmodified": {
      if (info === undefined) {
        const detail = "The server says that the tile is unmodified, and there is none.";
        return { work, event: event("failed", "invalid", detail) };
      }
      const write = writeOf(work, answer, undefined, now, minCacheMs);
      return { work, event: event("skipped", "unmodified"), write };
    }
    case "empty":
      return { work, event: event("skipped", "empty") };
    case "negative":
      return { work, event: event("failed", "negative", `status ${answer.status}`) };
    case "refused":
      return { work, event: event("failed", "request", answer.detail) };
    case "invalid":
      return { work, event: event("failed", "invalid", answer.problem) };
  }
}

/** Field by field, as to spread one object into another takes ten times as long. */
function writeOf(
  { key: { source, z, x, y } }: Work,
  { expiresAt: told, etag, lastModified, contentType }: Freshness,
  bytes: Uint8Array | undefined,
  storedAt: number,
  minCacheMs: number,
): TileWrite {
  // A tile goes stale when its server says so, but not before its policy does.
  const expiresAt = told === undefined ? undefined : Math.max(told, storedAt + minCacheMs);
  return { source, z, x, y, bytes, storedAt, expiresAt, etag, lastModified, contentType };
}

export function eventOf(
  { index, key: { z, x, y }, attempts, info }: Work,
  tries: number,
  {
    outcome,
    reason,
    detail,
    bytes = 0,
  }: Pick<TileEvent, "outcome"> & Partial<Pick<TileEvent, "reason" | "detail" | "bytes">>,
): TileEvent {
  return { index, z, x, y, outcome, reason, detail, wasThere: info !== undefined, bytes, attempts: attempts + tries };
}
