import { Observable, of, type SchedulerLike, type Subscription } from "rxjs";
import { TransportError } from "../errors/transport-error.ts";
import type { TileInfo, TileWrite } from "../ports/tile.ts";
import type { TileEvent, TileOutcome } from "../ports/tile-event.ts";
import type { Transport, TransportResponse } from "../ports/transport.ts";
import { type Freshness, type Verdict, verdictOf } from "../response/verdict.ts";
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
 * postpones the tile. If it is stopped in between, it emits no last one, calls `onStopped`, and completes.
 */
export function attemptTile(work: Work, context: AttemptContext, onStopped: () => void): Observable<Attempt> {
  const { info } = work;
  if (info !== undefined && context.isGoodEnough(info, context.scheduler.now())) {
    // It may be another store's, or browse caching's: from now on it is this download's too.
    const write = { ...work.key, storedAt: info.storedAt };
    return of({ work, event: eventOf(work, 0, { outcome: "skipped", reason: "existing" }), write });
  }
  if (context.foundSea?.holds(work.key) === true) {
    return of({ work, event: eventOf(work, 0, { outcome: "skipped", reason: "sea" }) });
  }
  return askedFor(work, context, onStopped);
}

/** One observable for all that a tile goes through: with an operator for each step it would cost twice as much. */
function askedFor(work: Work, context: AttemptContext, onStopped: () => void): Observable<Attempt> {
  const { transport, gate, bucket, scheduler, chance, urlOf, headers, lanes, maxTileBytes, stop$ } = context;
  return new Observable<Attempt>((subscriber) => {
    /** Those of this time; a tile that was postponed has had others before. */
    let tries = 1;
    let isOut = false;
    let isStopped = false;
    let hasToken = false;
    /** The length of the last body that came. */
    let received = 0;
    /** What it waits for: its turn, the answer, or the end of a pause. */
    let step: Subscription | undefined;

    const send = () => {
      isOut = true;
      hasToken = false;
      return transport.request({ url: urlOf(work.key), headers: headersOf(work, headers), maxBytes: maxTileBytes });
    };

    const ask = () => {
      isOut = false;
      received = 0;
      const delayMs = bucket?.take(scheduler.now()) ?? 0;
      hasToken = bucket !== undefined;
      if (delayMs > 0) step = scheduler.schedule(enterGate, delayMs);
      else enterGate();
    };

    const enterGate = () => {
      step = undefined;
      let isAnswered = false;
      const answering = gate.through(send, "bulk", lanes).subscribe({
        next: (response) => {
          isAnswered = true;
          received = response.body.length;
          settle(answerOf(response, scheduler.now()));
        },
        error: (error: unknown) => {
          const answer = answerOfError(error, gate.isOffline);
          if (answer === undefined) subscriber.error(error);
          else settle(answer);
        },
        complete: () => {
          if (!isAnswered) settle({ kind: "transient", detail: "no answer" });
        },
      });
      // An answer that came at once has gone on to the next step, or was the last.
      if (subscriber.closed) answering.unsubscribe();
      else step ??= answering;
    };

    const settle = (answer: Answer) => {
      // Offline is no failure of the tile: the gate holds it until there is a server again.
      if (answer.kind === "unreached") askAgain();
      else if (answer.kind !== "transient") finish(attemptOf(work, tries, answer, received, context));
      else if (isTriedEnough(work, tries, context)) finish(givenUp(work, tries, answer.detail, received));
      else {
        isOut = false;
        const event = eventOf(work, tries, { outcome: "retrying", reason: "request", detail: answer.detail });
        step = scheduler.schedule(askAgain, backoffMs(tries, chance));
        tries += 1;
        subscriber.next({ work, event });
        if (isStopped && !subscriber.closed) stop();
      }
    };

    /** It may have been stopped while it was under way. */
    const askAgain = () => {
      if (isStopped) stop();
      else ask();
    };

    const stop = () => {
      if (hasToken) bucket?.giveBack();
      onStopped();
      subscriber.complete();
    };

    const finish = (attempt: Attempt) => {
      subscriber.next(attempt);
      subscriber.complete();
    };

    const stopping = stop$.subscribe(() => {
      isStopped = true;
      // What is under way comes to its end.
      if (!isOut) stop();
    });
    subscriber.add(() => {
      stopping.unsubscribe();
      step?.unsubscribe();
    });
    ask();
  });
}

type Answer =
  | Exclude<Verdict, { readonly kind: "transient" }>
  | { readonly kind: "transient"; readonly detail: string }
  | { readonly kind: "refused"; readonly detail: string }
  | { readonly kind: "unreached" };

function answerOf(response: TransportResponse, now: number): Answer {
  const verdict = verdictOf(response, now);
  return verdict.kind === "transient" ? { kind: "transient", detail: `status ${verdict.status}` } : verdict;
}

/** Undefined if it is no failure of the request. */
function answerOfError(error: unknown, isOffline: boolean): Answer | undefined {
  if (!TransportError.isInstance(error) || error.kind === "closed") return undefined;
  if (error.kind === "too-large" || error.kind === "redirect") return { kind: "invalid", problem: error.message };
  if (error.kind === "request") return { kind: "refused", detail: error.message };
  if (isOffline && (error.kind === "connect" || error.kind === "timeout" || error.kind === "interrupted")) {
    return { kind: "unreached" };
  }
  return { kind: "transient", detail: error.kind };
}

/** The one more time at the end is one, not many. */
function isTriedEnough({ failedAs }: Work, tries: number, { attempts }: AttemptContext): boolean {
  return tries >= attempts || failedAs === "postponed";
}

function givenUp(work: Work, tries: number, detail: string, bytes: number): Attempt {
  const outcome = work.failedAs === undefined ? "postponed" : "failed";
  return { work, event: eventOf(work, tries, { outcome, reason: "request", detail, bytes }) };
}

function attemptOf(
  work: Work,
  tries: number,
  answer: Exclude<Answer, { readonly kind: "transient" | "unreached" }>,
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

/** Of a tile that is there, asks only whether it has changed. */
function headersOf({ info }: Work, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (info === undefined) return headers;
  return {
    ...headers,
    ...(info.etag !== undefined && { "If-None-Match": info.etag }),
    ...(info.lastModified !== undefined && { "If-Modified-Since": info.lastModified }),
  };
}

function eventOf(
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
