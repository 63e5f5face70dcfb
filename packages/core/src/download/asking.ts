import type { Observable, Observer, Subscriber, Unsubscribable } from "rxjs";
import type { TransportResponse } from "../ports/transport.ts";
import { type Answer, answerOf, answerOfError } from "./answer.ts";
import { type Attempt, attemptOf, eventOf, givenUp } from "./attempt.ts";
import type { AttemptContext, Stoppable } from "./attempt-context.ts";
import { backoffMs } from "./backoff.ts";
import type { Work } from "./work-list.ts";

/**
 * A tile that is asked for, until there is an answer that stands. One object for all that it goes through: with an observable
 * or closures for each step, a download left a third more garbage, and collecting it is where most of its time goes.
 */
export class Asking implements Observer<TransportResponse>, Stoppable, Unsubscribable {
  readonly #work: Work;
  readonly #context: AttemptContext;
  readonly #onStopped: () => void;
  readonly #subscriber: Subscriber<Attempt>;
  /** Those of this time; a tile that was postponed has had others before. */
  #tries = 1;
  /** `inside`: waits for its turn, with a token if there is a rate limit. `out`: has been sent. `pausing`: waits to be tried again. */
  #phase: "inside" | "out" | "pausing" = "inside";
  #isStopped = false;
  #isAnswered = false;
  /** The length of the last body that came. */
  #received = 0;
  /** What it waits for: its turn, the answer, or the end of a pause. */
  #step: Unsubscribable | undefined;

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

  stop(): void {
    this.#isStopped = true;
    if (this.#phase !== "out") this.#endStopped();
  }

  unsubscribe(): void {
    this.#context.asking.remove(this);
    this.#step?.unsubscribe();
  }

  #ask(): void {
    const { bucket, scheduler } = this.#context;
    this.#phase = "inside";
    this.#received = 0;
    const delayMs = bucket?.take(scheduler.now()) ?? 0;
    if (delayMs > 0) this.#step = scheduler.schedule(() => this.#enterGate(), delayMs);
    else this.#enterGate();
  }

  #enterGate(): void {
    const { gate, lanes } = this.#context;
    this.#step = undefined;
    this.#isAnswered = false;
    const answering = gate.letThrough({ send: () => this.#send(), priority: "bulk", lanes }, this);
    // After an answer that came at once there is another step by now, or none.
    if (this.#subscriber.closed || this.#step !== undefined) answering.unsubscribe();
    else this.#step = answering;
  }

  #send(): Observable<TransportResponse> {
    const { transport, urlOf, headers, maxTileBytes } = this.#context;
    this.#phase = "out";
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
    this.#phase = "pausing";
    // Whatever this request may still say is not about the next one.
    this.#step?.unsubscribe();
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
    if (this.#phase === "inside") this.#context.bucket?.giveBack();
    this.#onStopped();
    this.#subscriber.complete();
  }

  #finish(attempt: Attempt): void {
    this.#subscriber.next(attempt);
    this.#subscriber.complete();
  }
}

/** The one more time at the end is one, not many. */
function isTriedEnough({ failedAs }: Work, tries: number, { attempts }: AttemptContext): boolean {
  return tries >= attempts || failedAs === "postponed";
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
