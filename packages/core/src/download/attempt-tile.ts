import {
  Observable,
  type Observer,
  of,
  type SchedulerLike,
  type Subscriber,
  type Subscription,
  type Unsubscribable,
} from "rxjs";
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

export interface Stoppable {
  /** What has not gone out does not go out any more; what has, comes to its end. */
  readonly stop: () => void;
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
  /** Those that ask for a tile at the moment, for whoever stops them. */
  readonly asking: Set<Stoppable>;
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
  return new Observable((subscriber) => new Asking(work, context, onStopped, subscriber).begin());
}

/**
 * All that a tile goes through, in one object: with an observable, or only a closure, for each step a download would spend
 * more time on collecting garbage than on all else that it does.
 */
class Asking implements Observer<TransportResponse>, Unsubscribable {
  readonly #work: Work;
  readonly #context: AttemptContext;
  readonly #onStopped: () => void;
  readonly #subscriber: Subscriber<Attempt>;
  /** Those of this time; a tile that was postponed has had others before. */
  #tries = 1;
  #isOut = false;
  #isStopped = false;
  #hasToken = false;
  #isAnswered = false;
  /** The length of the last body that came. */
  #received = 0;
  /** What it waits for: its turn, the answer, or the end of a pause. */
  #step: Subscription | undefined;

  constructor(work: Work, context: AttemptContext, onStopped: () => void, subscriber: Subscriber<Attempt>) {
    this.#work = work;
    this.#context = context;
    this.#onStopped = onStopped;
    this.#subscriber = subscriber;
  }

  begin(): void {
    this.#context.asking.add(this);
    this.#subscriber.add(this);
    this.#ask();
  }

  /** What has not gone out does not go out any more; what has, comes to its end. */
  stop(): void {
    this.#isStopped = true;
    if (!this.#isOut) this.#endStopped();
  }

  unsubscribe(): void {
    this.#context.asking.delete(this);
    this.#step?.unsubscribe();
  }

  #ask(): void {
    const { bucket, scheduler } = this.#context;
    this.#isOut = false;
    this.#received = 0;
    this.#hasToken = bucket !== undefined;
    const delayMs = bucket?.take(scheduler.now()) ?? 0;
    if (delayMs > 0) this.#step = scheduler.schedule(() => this.#enterGate(), delayMs);
    else this.#enterGate();
  }

  #enterGate(): void {
    const { gate, lanes } = this.#context;
    this.#step = undefined;
    this.#isAnswered = false;
    const answering = gate.through(() => this.#send(), "bulk", lanes).subscribe(this);
    // An answer that came at once has gone on to the next step, or was the last.
    if (this.#subscriber.closed) answering.unsubscribe();
    else this.#step ??= answering;
  }

  #send(): Observable<TransportResponse> {
    const { transport, urlOf, headers, maxTileBytes } = this.#context;
    this.#isOut = true;
    this.#hasToken = false;
    const { key } = this.#work;
    return transport.request({ url: urlOf(key), headers: headersOf(this.#work, headers), maxBytes: maxTileBytes });
  }

  next(response: TransportResponse): void {
    this.#isAnswered = true;
    this.#received = response.body.length;
    this.#settle(answerOf(response, this.#context.scheduler.now()));
  }

  error(error: unknown): void {
    const answer = answerOfError(error, this.#context.gate.isOffline);
    if (answer === undefined) this.#subscriber.error(error);
    else this.#settle(answer);
  }

  complete(): void {
    if (!this.#isAnswered) this.#settle({ kind: "transient", detail: "no answer" });
  }

  #settle(answer: Answer): void {
    const work = this.#work;
    const context = this.#context;
    // Offline is no failure of the tile: the gate holds it until there is a server again.
    if (answer.kind === "unreached") this.#askAgain();
    else if (answer.kind !== "transient") this.#finish(attemptOf(work, this.#tries, answer, this.#received, context));
    else if (isTriedEnough(work, this.#tries, context)) {
      this.#finish(givenUp(work, this.#tries, answer.detail, this.#received));
    } else this.#retry(answer.detail);
  }

  #retry(detail: string): void {
    const { scheduler, chance } = this.#context;
    const event = eventOf(this.#work, this.#tries, { outcome: "retrying", reason: "request", detail });
    this.#isOut = false;
    this.#step = scheduler.schedule(() => this.#askAgain(), backoffMs(this.#tries, chance));
    this.#tries += 1;
    this.#subscriber.next({ work: this.#work, event });
    if (this.#isStopped && !this.#subscriber.closed) this.#endStopped();
  }

  /** It may have been stopped while it was under way. */
  #askAgain(): void {
    if (this.#isStopped) this.#endStopped();
    else this.#ask();
  }

  #endStopped(): void {
    if (this.#hasToken) this.#context.bucket?.giveBack();
    this.#onStopped();
    this.#subscriber.complete();
  }

  #finish(attempt: Attempt): void {
    this.#subscriber.next(attempt);
    this.#subscriber.complete();
  }
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
