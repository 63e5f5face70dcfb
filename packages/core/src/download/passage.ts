import { type Observable, type Observer, throwError, type Unsubscribable } from "rxjs";
import type { TransportRequest, TransportResponse } from "../ports/transport.ts";

export interface PassageOptions {
  readonly send: () => Observable<TransportResponse>;
  readonly priority: NonNullable<TransportRequest["priority"]>;
  /** How many requests whoever sends it has under way at most: so many failures in a row mean offline. */
  readonly lanes: number;
}

/** What a passage tells its gate. */
export interface PassageEvents {
  readonly answered: (passage: Passage, response: TransportResponse) => void;
  readonly failed: (passage: Passage, error: unknown) => void;
  /** It has come to its end, or nobody waits for it any more. */
  readonly leave: (passage: Passage) => void;
}

/** A request that goes through the gate of its host: it waits inside, goes out, and tells the gate what came of it. */
export class Passage implements Observer<TransportResponse>, Unsubscribable {
  readonly priority: PassageOptions["priority"];
  readonly lanes: number;
  /** When it went out. */
  sentAt: number | undefined;
  /** Whether it went out to see whether there is a server again. */
  isProbe = false;
  readonly #gate: PassageEvents;
  readonly #send: PassageOptions["send"];
  readonly #observer: Observer<TransportResponse>;
  #request: Unsubscribable | undefined;
  #isOver = false;

  constructor(gate: PassageEvents, { send, priority, lanes }: PassageOptions, observer: Observer<TransportResponse>) {
    this.#gate = gate;
    this.#send = send;
    this.priority = priority;
    this.lanes = lanes;
    this.#observer = observer;
  }

  goOut(): void {
    this.#request = sent(this.#send).subscribe(this);
    // Who has had enough with an answer that came at once could not yet say so to the request.
    if (this.#isOver) this.#request.unsubscribe();
  }

  next(response: TransportResponse): void {
    this.#gate.answered(this, response);
    this.#observer.next(response);
  }

  error(error: unknown): void {
    this.#gate.failed(this, error);
    try {
      this.#observer.error(error);
    } finally {
      this.unsubscribe();
    }
  }

  complete(): void {
    try {
      this.#observer.complete();
    } finally {
      this.unsubscribe();
    }
  }

  unsubscribe(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // Whatever a transport makes of it, the host has room for another.
    try {
      this.#request?.unsubscribe();
    } finally {
      this.#gate.leave(this);
    }
  }
}

/** What cannot even be sent is a failure of its request alone. */
function sent(send: () => Observable<TransportResponse>): Observable<TransportResponse> {
  try {
    return send();
  } catch (error) {
    return throwError(() => error);
  }
}
