import { concat, defer, mergeMap, Observable, of, type SchedulerLike, takeUntil, timer } from "rxjs";
import { TransportError } from "../errors/transport-error.ts";
import type { TileInfo, TileWrite } from "../ports/tile.ts";
import type { TileEvent } from "../ports/tile-event.ts";
import type { Transport, TransportResponse } from "../ports/transport.ts";
import { type Verdict, verdictOf } from "../response/verdict.ts";
import { backoffMs } from "./backoff.ts";
import type { HostGate } from "./host-gate.ts";
import type { FoundSea } from "./sea.ts";
import type { TokenBucket } from "./token-bucket.ts";
import type { Work } from "./work-list.ts";

/** An event, and what is to be written because of it. */
export interface Attempt {
  readonly work: Work;
  readonly event: TileEvent;
  readonly write?: TileWrite | undefined;
}

export interface AttemptContext {
  readonly transport: Transport;
  readonly gate: HostGate;
  readonly bucket: TokenBucket | undefined;
  readonly scheduler: SchedulerLike;
  /** Uniform in [0, 1). */
  readonly chance: () => number;
  readonly urlOf: (tile: Work["key"]) => string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isSea: (bytes: Uint8Array) => boolean;
  /** Absent: every tile is asked for, sea or not. */
  readonly foundSea?: FoundSea | undefined;
  readonly lanes: number;
  /** How often a tile is asked for before it is postponed. */
  readonly attempts: number;
  readonly maxTileBytes: number;
  /** Whether what the database has of a tile is good enough not to ask for it. */
  readonly isGoodEnough: (info: TileInfo, now: number) => boolean;
  /** How long a tile is good at the least, whatever the server says of it. */
  readonly minCacheMs: number;
  /** When it emits, what has not gone out does not go out any more; what has, comes to its end. */
  readonly stop$: Observable<unknown>;
}

/**
 * Tries to get a tile, and tries again after a while if that may help. Emits each attempt; the last one is final, or
 * postpones the tile. Emits no last one if it is stopped in between.
 */
export function attemptTile(work: Work, context: AttemptContext): Observable<Attempt> {
  const { info } = work;
  if (info !== undefined && context.isGoodEnough(info, context.scheduler.now())) {
    // It may be another store's, or browse caching's: from now on it is this download's too.
    const write = { ...work.key, storedAt: info.storedAt };
    return of({ work, event: eventOf(work, 0, { outcome: "skipped", reason: "existing" }), write });
  }
  if (context.foundSea?.holds(work.key) === true) {
    return of({ work, event: eventOf(work, 0, { outcome: "skipped", reason: "sea" }) });
  }
  return attempt(work, 1, context);
}

/** `tries` counts those of this time; a tile that was postponed has had others before. */
function attempt(work: Work, tries: number, context: AttemptContext): Observable<Attempt> {
  return answerTo(work, context).pipe(
    mergeMap((answer) => {
      // Offline is no failure of the tile: the gate holds it until there is a server again.
      if (answer.kind === "unreached") return attempt(work, tries, context);
      if (answer.kind !== "transient") return of(attemptOf(work, tries, answer, context));
      return afterTransient(work, tries, answer.detail, context);
    }),
  );
}

type Answer =
  | Exclude<Verdict, { readonly kind: "transient" }>
  | { readonly kind: "transient"; readonly detail: string }
  | { readonly kind: "refused"; readonly detail: string }
  | { readonly kind: "unreached" };

/** What came of one request, once it may go out. */
function answerTo(work: Work, context: AttemptContext): Observable<Answer> {
  const { transport, gate, bucket, scheduler, urlOf, headers, lanes, maxTileBytes, stop$ } = context;
  return new Observable<Answer>((subscriber) => {
    let isOut = false;
    const request$ = defer(() => {
      isOut = true;
      const url = urlOf(work.key);
      return transport.request({ url, headers: { ...headers, ...conditionsOf(work) }, maxBytes: maxTileBytes });
    });
    const delayMs = bucket?.take(scheduler.now()) ?? 0;
    const paced$ = gate.through(request$, "bulk", lanes);
    const response$ = delayMs > 0 ? timer(delayMs, scheduler).pipe(mergeMap(() => paced$)) : paced$;
    subscriber.add(
      stop$.subscribe(() => {
        if (!isOut) subscriber.complete();
      }),
    );
    subscriber.add(
      response$.subscribe({
        next: (response) => subscriber.next(answerOf(response, scheduler.now())),
        error: (error: unknown) => {
          const answer = answerOfError(error, gate.isOffline);
          if (answer === undefined) return subscriber.error(error);
          subscriber.next(answer);
          subscriber.complete();
        },
        complete: () => subscriber.complete(),
      }),
    );
  });
}

function answerOf(response: TransportResponse, now: number): Answer {
  const verdict = verdictOf(response, now);
  return verdict.kind === "transient" ? { kind: "transient", detail: `status ${verdict.status}` } : verdict;
}

/** Undefined if it is no failure of the request. */
function answerOfError(error: unknown, isOffline: boolean): Answer | undefined {
  if (!TransportError.isInstance(error) || error.kind === "closed") return undefined;
  if (error.kind === "too-large" || error.kind === "redirect") return { kind: "invalid", problem: error.message };
  if (error.kind === "request") return { kind: "refused", detail: error.message };
  if (error.kind === "connect" && isOffline) return { kind: "unreached" };
  return { kind: "transient", detail: error.kind };
}

function afterTransient(work: Work, tries: number, detail: string, context: AttemptContext): Observable<Attempt> {
  const { attempts, scheduler, chance, stop$ } = context;
  // The one more time at the end is one, not many.
  if (tries >= attempts || work.failedAs === "postponed") {
    const outcome = work.failedAs === undefined ? "postponed" : "failed";
    return of({ work, event: eventOf(work, tries, { outcome, reason: "request", detail }) });
  }
  const again$ = timer(backoffMs(tries, chance), scheduler).pipe(
    takeUntil(stop$),
    mergeMap(() => attempt(work, tries + 1, context)),
  );
  return concat(of({ work, event: eventOf(work, tries, { outcome: "retrying", reason: "request", detail }) }), again$);
}

function attemptOf(
  work: Work,
  tries: number,
  answer: Exclude<Answer, { readonly kind: "transient" | "unreached" }>,
  { isSea, foundSea, scheduler, minCacheMs }: AttemptContext,
): Attempt {
  const now = scheduler.now();
  const event = (what: Partial<TileEvent> & Pick<TileEvent, "outcome">) => eventOf(work, tries, what);
  switch (answer.kind) {
    case "tile": {
      const { kind: _, bytes, ...freshness } = answer;
      if (isSea(bytes)) {
        foundSea?.add(work.key);
        return { work, event: event({ outcome: "skipped", reason: "sea", bytes: bytes.length }) };
      }
      const write = { ...work.key, bytes, ...goodFor(minCacheMs, freshness, now), storedAt: now };
      return { work, event: event({ outcome: "stored", bytes: bytes.length }), write };
    }
    case "unmodified": {
      const { kind: _, ...freshness } = answer;
      const write = { ...work.key, ...goodFor(minCacheMs, freshness, now), storedAt: now };
      return { work, event: event({ outcome: "skipped", reason: "unmodified" }), write };
    }
    case "empty":
      return { work, event: event({ outcome: "skipped", reason: "empty" }) };
    case "negative":
      return { work, event: event({ outcome: "failed", reason: "negative", detail: `status ${answer.status}` }) };
    case "refused":
      return { work, event: event({ outcome: "failed", reason: "request", detail: answer.detail }) };
    case "invalid":
      return { work, event: event({ outcome: "failed", reason: "invalid", detail: answer.problem }) };
  }
}

/** A tile goes stale when its server says so, but not before its policy does. */
function goodFor<Fresh extends { readonly expiresAt: number | undefined }>(leastMs: number, fresh: Fresh, now: number) {
  const { expiresAt } = fresh;
  return expiresAt === undefined ? fresh : { ...fresh, expiresAt: Math.max(expiresAt, now + leastMs) };
}

/** Asks for the tile only if it has changed. */
function conditionsOf({ info }: Work): Record<string, string> {
  return {
    ...(info?.etag !== undefined && { "If-None-Match": info.etag }),
    ...(info?.lastModified !== undefined && { "If-Modified-Since": info.lastModified }),
  };
}

function eventOf(
  { index, key: { z, x, y }, attempts, info }: Work,
  tries: number,
  what: Partial<TileEvent> & Pick<TileEvent, "outcome">,
): TileEvent {
  return { index, z, x, y, wasThere: info !== undefined, bytes: 0, attempts: attempts + tries, ...what };
}
