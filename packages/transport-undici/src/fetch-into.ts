import { TransportError, type TransportRequest, type TransportResponse } from "@fmtc/core";
import type { Subscriber } from "rxjs";
import { decodeBody, isEncoded } from "./decode-body.ts";
import { Exchange, type ExchangeEvents } from "./exchange.ts";
import { firstHop, type Hop, nextHop } from "./hop.ts";
import type { Origins } from "./origins.ts";
import { requestHeaders } from "./request-headers.ts";
import type { Settings } from "./settings.ts";

const MEGABYTE = 1_000_000;

/**
 * Makes a request, follows it wherever it is redirected, and tells the subscriber what came of it. What is returned
 * aborts it.
 *
 * @throws TransportError if there is nothing to ask for.
 */
export function fetchInto(
  subscriber: Subscriber<TransportResponse>,
  { url, headers = {}, priority = "bulk", maxBytes = 10 * MEGABYTE }: TransportRequest,
  origins: Origins,
  { userAgent, dispatcher, timeoutMs, headersTimeoutMs: headersTimeout, bodyTimeoutMs: bodyTimeout }: Settings,
): () => void {
  let abort = () => {};
  let deadline: NodeJS.Timeout | undefined;
  send(firstHop(url, requestHeaders(headers, userAgent), (origin) => origins.has(origin)));
  return () => {
    clearTimeout(deadline);
    abort();
  };

  function send(hop: Hop): void {
    const { origin, path } = hop;
    const server = origins.at(origin);
    const events: ExchangeEvents = {
      onTurn: startClock,
      onResponse: (response) => read(hop, response),
      onFailure: fail,
    };
    const exchange = new Exchange(
      // Not blocking: pipelining would wait for headers.
      {
        origin,
        path,
        method: "GET",
        headers: hop.headers,
        headersTimeout,
        bodyTimeout,
        blocking: false,
      },
      { maxBytes, arePiecesOurs: dispatcher === undefined },
      events,
    );
    abort = () => server.abort(exchange);
    server.send(exchange, priority);
  }

  function startClock(): void {
    deadline ??= setTimeout(() => {
      fail(new TransportError("timeout", `The response was not complete within ${timeoutMs} ms.`));
    }, timeoutMs);
  }

  function read(hop: Hop, response: TransportResponse): void {
    try {
      const next = nextHop(hop, response);
      if (next !== undefined) send(next);
      else if (isEncoded(response)) decodeBody(response, maxBytes).then(deliver, fail);
      else deliver(response);
    } catch (error) {
      fail(error);
    }
  }

  function deliver(response: TransportResponse): void {
    subscriber.next(response);
    subscriber.complete();
  }

  function fail(error: unknown): void {
    subscriber.error(error);
  }
}
