import { TransportError, type TransportRequest, type TransportResponse } from "@fmtc/core";
import type { Subscriber, Unsubscribable } from "rxjs";
import { decodeBody, isEncoded } from "./decode-body.ts";
import { Exchange, type ExchangeEvents } from "./exchange.ts";
import { firstHop, type Hop, nextHop } from "./hop.ts";
import type { Origin } from "./origin.ts";
import type { Origins } from "./origins.ts";
import { requestHeaders } from "./request-headers.ts";
import type { Settings } from "./settings.ts";
import type { Place, WaitingLine } from "./waiting-line.ts";

const MEGABYTE = 1_000_000;

export interface FetchingContext {
  readonly origins: Origins;
  readonly settings: Settings;
  /** All that have begun and not ended, for whoever fails them. */
  readonly underWay: WaitingLine<Fetching>;
}

/**
 * A request that is followed wherever it is redirected, and whose subscriber is told what came of it. To unsubscribe aborts
 * it. One object rather than closures, each of which would be garbage to collect for every tile.
 */
export class Fetching implements ExchangeEvents, Unsubscribable {
  readonly #subscriber: Subscriber<TransportResponse>;
  readonly #request: TransportRequest;
  readonly #context: FetchingContext;
  readonly #maxBytes: number;
  /** Among those under way. */
  #place: Place<unknown> | undefined;
  #hop: Hop | undefined;
  #server: Origin | undefined;
  #exchange: Exchange | undefined;
  #deadline: NodeJS.Timeout | undefined;

  constructor(subscriber: Subscriber<TransportResponse>, request: TransportRequest, context: FetchingContext) {
    this.#subscriber = subscriber;
    this.#request = request;
    this.#context = context;
    this.#maxBytes = request.maxBytes ?? 10 * MEGABYTE;
  }

  /** @throws TransportError if there is nothing to ask for. */
  begin(): void {
    const { origins, settings, underWay } = this.#context;
    const { url, headers = {} } = this.#request;
    this.#place = underWay.join(this);
    this.#subscriber.add(this);
    this.#send(firstHop(url, requestHeaders(headers, settings.userAgent), origins));
  }

  unsubscribe(): void {
    this.#place?.leave();
    clearTimeout(this.#deadline);
    if (this.#exchange !== undefined) this.#server?.abort(this.#exchange);
  }

  fail(error: unknown): void {
    this.#subscriber.error(error);
  }

  #send(hop: Hop): void {
    const { origins, settings } = this.#context;
    const { headersTimeoutMs: headersTimeout, bodyTimeoutMs: bodyTimeout, dispatcher } = settings;
    const { origin, path, headers } = hop;
    this.#hop = hop;
    this.#server = origins.at(origin);
    this.#exchange = new Exchange(
      // Not blocking: pipelining would wait for headers.
      { origin, path, method: "GET", headers, headersTimeout, bodyTimeout, blocking: false },
      { maxBytes: this.#maxBytes, arePiecesOurs: dispatcher === undefined },
      this,
    );
    this.#server.send(this.#exchange, this.#request.priority ?? "bulk");
  }

  /** The clock starts when it is its turn for the first time. */
  onTurn(): void {
    const { timeoutMs } = this.#context.settings;
    this.#deadline ??= setTimeout(() => {
      this.fail(new TransportError("timeout", `The response was not complete within ${timeoutMs} ms.`));
    }, timeoutMs);
  }

  onResponse(response: TransportResponse): void {
    try {
      const next = this.#hop && nextHop(this.#hop, response);
      if (next !== undefined) this.#send(next);
      else if (isEncoded(response)) this.#decode(response);
      else this.#deliver(response);
    } catch (error) {
      this.fail(error);
    }
  }

  onFailure(error: TransportError): void {
    this.fail(error);
  }

  #decode(response: TransportResponse): void {
    decodeBody(response, this.#maxBytes).then(
      (decoded) => this.#deliver(decoded),
      (error) => this.fail(error),
    );
  }

  #deliver(response: TransportResponse): void {
    this.#subscriber.next(response);
    this.#subscriber.complete();
  }
}
