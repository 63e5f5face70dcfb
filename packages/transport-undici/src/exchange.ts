import type { TransportError, TransportResponse } from "@fmtc/core";
import type { Dispatcher } from "undici";
import { failureOf } from "./failure-of.ts";
import { declaredLength, plainHeaders, type ResponseHeaders } from "./plain-headers.ts";
import { type BodyLimits, ReceivedBody } from "./received-body.ts";
import type { Place } from "./waiting-line.ts";

/** Either `onResponse` or `onFailure` is called, once, unless the exchange is aborted before. */
export interface ExchangeEvents {
  /** It is its turn: from now on it is the server's time that passes. */
  readonly onTurn: () => void;
  readonly onResponse: (response: TransportResponse) => void;
  readonly onFailure: (error: TransportError) => void;
}

/** One request and its response with the whole body: no redirects, no decoding. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: Dispatcher.DispatchOptions;
  readonly #limits: BodyLimits;
  readonly #events: ExchangeEvents;
  /** In the line where it waits. */
  place: Place<unknown> | undefined;
  #onFree: ((error?: unknown) => void) | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  #status = 0;
  #headers: ResponseHeaders = {};
  #body: ReceivedBody | undefined;

  constructor(options: Dispatcher.DispatchOptions, limits: BodyLimits, events: ExchangeEvents) {
    this.#options = options;
    this.#limits = limits;
    this.#events = events;
  }

  /**
   * `onFree` is called when the dispatcher is done with it, with what went wrong, if something did. False: the
   * dispatcher has enough to do.
   */
  sendBy(dispatcher: Pick<Dispatcher, "dispatch">, onFree: (error?: unknown) => void): boolean {
    this.#onFree = onFree;
    this.#events.onTurn();
    return dispatcher.dispatch(this.#options, this);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Ends it without an event. */
  abort(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#controller?.abort(new Error("Nobody waits for this response any more."));
  }

  /** Ends it with a failure; a request that is under way is for `abort` to end. */
  fail(error: unknown): void {
    const onFree = this.#onFree;
    // While undici tells of a failure, the connection must not be given another request.
    if (onFree !== undefined) queueMicrotask(() => onFree(error));
    this.#onFree = undefined;
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.onFailure(failureOf(error, this.#controller !== undefined));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Thrown, it ends this request alone; `controller.abort` would end the new connection with it.
    if (this.#isOver) throw new Error("Nobody waits for this response any more.");
    this.#controller = controller;
  }

  /**
   * Comes again when it was an interim response. What is thrown here and in `onResponseData`, undici aborts the request
   * with.
   */
  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    this.#status = status;
    this.#headers = headers;
    // 304 declares the length of what the client has.
    const declared = status === 204 || status === 304 ? undefined : declaredLength(headers);
    this.#body = new ReceivedBody(declared, this.#limits);
  }

  onResponseData(_: Dispatcher.DispatchController, piece: Buffer): void {
    this.#body?.add(piece);
  }

  onResponseEnd(): void {
    let body: Uint8Array<ArrayBuffer>;
    try {
      body = this.#body?.finish() ?? new Uint8Array();
    } catch (error) {
      this.fail(error);
      return;
    }
    // The connection is free before anyone hears of the response, so that whoever asks for more at once is given it.
    this.#onFree?.();
    this.#onFree = undefined;
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.onResponse({ status: this.#status, headers: plainHeaders(this.#headers), body });
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.fail(error);
  }
}
