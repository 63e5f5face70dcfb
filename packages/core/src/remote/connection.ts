import { Observable, type SchedulerLike, Subject, type Subscriber } from "rxjs";
import { ConnectionLostError } from "../errors/connection-lost-error.ts";
import { ConnectionVersionError } from "../errors/connection-version-error.ts";
import { OptionError } from "../errors/option-error.ts";
import { errorOf } from "./error-message.ts";
import { Heartbeat } from "./heartbeat.ts";
import { Outbox } from "./outbox.ts";
import {
  type Envelope,
  type FarMessage,
  type NearMessage,
  type OverMessage,
  PROTOCOL_VERSION,
  type RemoteCalls,
  type RemoteStreams,
} from "./protocol.ts";
import { readEnvelope, readFarMessage } from "./read-envelope.ts";
import { listenTo, type RemotePort } from "./remote-port.ts";

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface ConnectionOptions {
  /** A name that no other session has. */
  readonly session: string;
  readonly heartbeatMs: number;
  readonly scheduler: SchedulerLike;
}

/** The near end of a port: calls functions of the far side, and listens to what it tells. */
export class Connection {
  /** Downloads that have ended. Errors when the connection does. */
  readonly over$ = new Subject<OverMessage>();
  readonly #port: RemotePort;
  readonly #session: string;
  readonly #outbox: Outbox<NearMessage>;
  readonly #heartbeat: Heartbeat;
  readonly #stopListening: () => void;
  readonly #calls = new Map<number, Call>();
  readonly #streams = new Map<number, Subscriber<unknown>>();
  #lastId = 0;
  #isWelcome = false;
  #ended: { readonly error: Error } | undefined;

  constructor(port: RemotePort, { session, heartbeatMs, scheduler }: ConnectionOptions) {
    this.#port = port;
    this.#session = session;
    this.#outbox = new Outbox((messages) => this.#post(messages), {
      refused: (message, error) => {
        if ("name" in message) this.#fail(message.id, unpostable(message.name, error));
      },
      // Until there is somebody to read them.
      isHeld: true,
    });
    const lose = (problem: string, cause?: unknown) =>
      this.end(new ConnectionLostError(problem, cause === undefined ? undefined : { cause }));
    this.#stopListening = listenTo(port, {
      message: (data) => this.#receive(data),
      gone: lose,
      trouble: () => {
        if (!this.#isWelcome) lose("was not made, as the worker has failed to start.");
      },
    });
    this.#heartbeat = new Heartbeat({
      intervalMs: heartbeatMs,
      scheduler,
      ask: () => (this.#isWelcome ? this.#post([{ type: "ping" }]) : this.#greet()),
      silent: () => lose("is lost, as there is no answer."),
    });
    this.#greet();
  }

  /** @throws what has ended the connection. */
  assertOpen(): void {
    if (this.#ended !== undefined) throw this.#ended.error;
  }

  async call<N extends keyof RemoteCalls>(
    name: N,
    ...args: Parameters<RemoteCalls[N]>
  ): Promise<Awaited<ReturnType<RemoteCalls[N]>>> {
    this.assertOpen();
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
    });
    this.#outbox.add({ type: "call", id, name, args });
    return answer as Promise<Awaited<ReturnType<RemoteCalls[N]>>>;
  }

  /** What a stream of the far side emits. It is subscribed to there as long as it is here. */
  listen<N extends keyof RemoteStreams>(
    name: N,
    ...args: Parameters<RemoteStreams[N]>
  ): Observable<ReturnType<RemoteStreams[N]>> {
    return new Observable<unknown>((subscriber) => {
      if (this.#ended !== undefined) {
        subscriber.error(this.#ended.error);
        return;
      }
      this.#lastId += 1;
      const id = this.#lastId;
      this.#streams.set(id, subscriber);
      this.#outbox.add({ type: "listen", id, name, args });
      subscriber.add(() => {
        // Unless it has ended over there.
        if (this.#streams.delete(id)) this.#outbox.add({ type: "leave", id });
      });
    }) as Observable<ReturnType<RemoteStreams[N]>>;
  }

  /** Says goodbye, in case that somebody hears it. Whatever waits for an answer fails. */
  end(error: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = { error };
    this.#heartbeat.stop();
    this.#stopListening();
    this.#sayBye();
    const calls = [...this.#calls.values()];
    const streams = [...this.#streams.values()];
    this.#calls.clear();
    this.#streams.clear();
    for (const { reject } of calls) reject(error);
    for (const subscriber of streams) subscriber.error(error);
    this.over$.error(error);
  }

  #receive(data: unknown): void {
    const { session, messages } = readEnvelope(data) ?? {};
    if (messages === undefined) return;
    for (const message of messages.map(readFarMessage)) {
      if (message === undefined || this.#ended !== undefined) continue;
      if (session === undefined && message.type === "ready") this.#meet(message.version);
      if (session !== this.#session) continue;
      this.#heartbeat.heard();
      this.#take(message);
    }
  }

  #take(message: FarMessage): void {
    switch (message.type) {
      case "welcome":
      case "refused":
        if (this.#isSameVersion(message.version)) {
          this.#isWelcome = true;
          this.#outbox.release();
        }
        break;
      case "result":
        this.#calls.get(message.id)?.resolve(message.value);
        this.#calls.delete(message.id);
        break;
      case "failure":
        this.#fail(message.id, errorOf(message.error));
        break;
      case "next":
        this.#next(message.id, message.value);
        break;
      case "complete": {
        const subscriber = this.#streams.get(message.id);
        this.#streams.delete(message.id);
        subscriber?.complete();
        break;
      }
      case "over":
        this.over$.next(message);
        break;
      case "bye":
        this.end(
          message.error === undefined
            ? new ConnectionLostError("was ended by the other side.")
            : errorOf(message.error),
        );
        break;
      default:
    }
  }

  #next(id: number, value: unknown): void {
    const subscriber = this.#streams.get(id);
    if (subscriber === undefined) return;
    subscriber.next(value);
    if (this.#streams.has(id)) this.#outbox.add({ type: "taken", id });
  }

  #fail(id: number, error: Error): void {
    const call = this.#calls.get(id);
    const subscriber = this.#streams.get(id);
    this.#calls.delete(id);
    this.#streams.delete(id);
    call?.reject(error);
    subscriber?.error(error);
  }

  /** Somebody begins to serve: he has not heard us yet, and if we had been welcome, that was another. */
  #meet(version: number): void {
    if (!this.#isSameVersion(version)) return;
    if (this.#isWelcome) this.end(new ConnectionLostError("is lost, as the other side has started anew."));
    else this.#greet();
  }

  #isSameVersion(version: number): boolean {
    if (version === PROTOCOL_VERSION) return true;
    this.end(new ConnectionVersionError(version, PROTOCOL_VERSION));
    return false;
  }

  #sayBye(): void {
    try {
      this.#outbox.flush();
      this.#post([{ type: "bye" }]);
    } catch {
      // A port that is gone may say so.
    }
  }

  #greet(): void {
    this.#post([{ type: "hello", version: PROTOCOL_VERSION }]);
  }

  #post(messages: readonly NearMessage[]): void {
    this.#port.postMessage({ fmtc: "root", session: this.#session, messages } satisfies Envelope);
  }
}

function unpostable(name: string, error: unknown): OptionError {
  const problem = error instanceof Error ? error.message : "it cannot be copied";
  return new OptionError(name, undefined, `was given what cannot travel (${problem}): give plain data.`);
}
