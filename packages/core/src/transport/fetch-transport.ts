import { asyncScheduler, Observable, type SchedulerLike, type Subscriber } from "rxjs";
import { OptionError } from "../errors/option-error.ts";
import { TransportError } from "../errors/transport-error.ts";
import type { Transport, TransportResponse } from "../ports/transport.ts";
import { Deadlines } from "./deadlines.ts";
import type { FetchPlatform } from "./fetch-platform.ts";
import { fetchWhole } from "./fetch-whole.ts";

export interface FetchTransportOptions {
  /** How long a request may take from its beginning to the last byte. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * A transport on a platform's own `fetch`, for browsers and workers. How many requests run at a time is the browser's to
 * say: six for each host over HTTP/1.1.
 *
 * @example
 * const transport = fetchTransport(self);
 */
export function fetchTransport<Signal>(
  platform: FetchPlatform<Signal>,
  { timeoutMs = 60_000, scheduler = asyncScheduler }: FetchTransportOptions = {},
): Transport {
  if (typeof platform?.fetch !== "function" || typeof platform.AbortController !== "function") {
    const problem =
      "must be what has fetch and AbortController: self in browsers and workers, the global object in Node.";
    throw new OptionError("platform", undefined, problem);
  }
  const underWay = new Deadlines<Subscriber<TransportResponse>>(timeoutMs, scheduler, (subscriber) => {
    subscriber.error(new TransportError("timeout", `The response did not come within ${timeoutMs} ms.`));
  });
  let isOpen = true;
  const closed = () => new TransportError("closed", "The transport was closed. Make a new one.");

  return {
    // One observable for all of it: with operators for closing and for the time, each tile took a browser longer.
    request: (request) =>
      new Observable((subscriber) => {
        if (!isOpen) throw closed();
        const aborter = new platform.AbortController();
        let isWhole = false;
        underWay.begin(subscriber);
        fetchWhole(platform, request, aborter.signal).then(
          (response) => {
            isWhole = true;
            subscriber.next(response);
            subscriber.complete();
          },
          (error) => subscriber.error(error),
        );
        return () => {
          underWay.end(subscriber);
          // To abort what has come already would change nothing, and takes a browser its time.
          if (!isWhole) aborter.abort();
        };
      }),
    close: async () => {
      isOpen = false;
      for (const subscriber of underWay.all) subscriber.error(closed());
    },
  };
}
