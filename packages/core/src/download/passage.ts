import { type Observable, type Observer, type Subscriber, throwError, type Unsubscribable } from "rxjs";
import type { TransportRequest, TransportResponse } from "../ports/transport.ts";
import type { HostGate } from "./host-gate.ts";

export interface PassageOptions {
  readonly send: () => Observable<TransportResponse>;
  readonly priority: NonNullable<TransportRequest["priority"]>;
  /** How many requests at most there are with this one. */
  readonly lanes: number;
}

/** A request that goes through the gate of its host: it waits inside, goes out, and tells the gate what came of it. */
export class Passage implements Observer<TransportResponse>, Unsubscribable {
  readonly priority: PassageOptions["priority"];
  readonly lanes: number;
  /** When it went out. */
  sentAt: number | undefined;
  /** Whether it went out to see whether there is a server again. */
  isProbe = false;
  readonly #gate: HostGate;
  readonly #send: PassageOptions["send"];
  readonly #subscriber: Subscriber<TransportResponse>;
  #request: Unsubscribable | undefined;

  constructor(gate: HostGate, { send, priority, lanes }: PassageOptions, subscriber: Subscriber<TransportResponse>) {
    this.#gate = gate;
    this.#send = send;
    this.priority = priority;
    this.lanes = lanes;
    this.#subscriber = subscriber;
  }

  goOut(): void {
    this.#request = sent(this.#send).subscribe(this);
    if (this.#subscriber.closed) this.#request.unsubscribe();
  }

  next(response: TransportResponse): void {
    this.#gate.answered(this, response);
    this.#subscriber.next(response);
  }

  error(error: unknown): void {
    this.#gate.failed(this, error);
    this.#subscriber.error(error);
  }

  complete(): void {
    this.#subscriber.complete();
  }

  unsubscribe(): void {
    this.#request?.unsubscribe();
    this.#gate.leave(this);
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
