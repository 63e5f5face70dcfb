import { asyncScheduler, merge, Observable, type SchedulerLike, Subject, take, throwError, timeout } from "rxjs";
import { OptionError } from "../errors/option-error.ts";
import { TransportError } from "../errors/transport-error.ts";
import type { Transport, TransportRequest, TransportResponse } from "../ports/transport.ts";
import type { FetchBody, FetchPlatform, FetchResponse } from "./fetch-platform.ts";

const MEGABYTE = 1_000_000;

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
  const closed = new Subject<never>();
  const tooLate = () => new TransportError("timeout", `The response did not come within ${timeoutMs} ms.`);

  return {
    request: (request) =>
      merge(closed, responseTo(platform, request)).pipe(
        take(1),
        timeout({ each: timeoutMs, scheduler, with: () => throwError(tooLate) }),
      ),
    close: async () => {
      if (!closed.hasError) closed.error(new TransportError("closed", "The transport was closed. Make a new one."));
    },
  };
}

function responseTo<Signal>(platform: FetchPlatform<Signal>, request: TransportRequest): Observable<TransportResponse> {
  return new Observable((subscriber) => {
    const aborter = new platform.AbortController();
    fetchWhole(platform, request, aborter.signal).then(
      (response) => {
        subscriber.next(response);
        subscriber.complete();
      },
      (error) => subscriber.error(error),
    );
    return () => aborter.abort();
  });
}

async function fetchWhole<Signal>(
  platform: FetchPlatform<Signal>,
  { url, headers = {}, priority = "bulk", maxBytes = 10 * MEGABYTE }: TransportRequest,
  signal: Signal,
): Promise<TransportResponse> {
  let response: FetchResponse;
  try {
    response = await platform.fetch(url, {
      headers: { ...headers },
      signal,
      // What is downloaded in bulk goes into a store: it need not push other things out of the browser's own cache.
      cache: priority === "bulk" ? "no-store" : "default",
      priority: priority === "bulk" ? "low" : "high",
    });
  } catch (error) {
    throw failureOf(error);
  }
  if (response.redirected && url.startsWith("https:") && !response.url.startsWith("https:")) {
    throw new TransportError("redirect", "The server redirects from https to http, where anyone could read along.");
  }
  const received: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    received[name.toLowerCase()] = value;
  });
  const body = response.body === null ? new Uint8Array() : await readBody(response.body, maxBytes);
  return { status: response.status, headers: received, body };
}

async function readBody(body: FetchBody, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new TransportError("interrupted", `The connection broke after ${length} bytes of the body.`);
    });
    if (done || value === undefined) return joined(chunks, length);
    length += value.length;
    if (length > maxBytes)
      throw new TransportError("too-large", `The body is longer than the ${maxBytes} bytes allowed (maxBytes).`);
    chunks.push(value);
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** Node's words for what waiting does not mend: bad URLs and headers, and certificates that are not trusted. */
const NEVER = /^ERR_INVALID|CERT|SELF_SIGNED|^UNABLE_TO_|^ERR_(TLS|SSL)/;

/** Browsers say no more than that it failed; Node has a cause. Its message is left out, as it may repeat the URL. */
function failureOf(error: unknown): TransportError {
  const { message, code } = ((error as { cause?: unknown } | null)?.cause ?? {}) as {
    message?: unknown;
    code?: unknown;
  };
  if (typeof message === "string" && /redirect/i.test(message)) {
    return new TransportError("redirect", "The server redirects again and again.");
  }
  const detail = typeof code === "string" ? ` (${code})` : "";
  if (typeof code === "string" && NEVER.test(code)) {
    return new TransportError(
      "request",
      `The request cannot be made, now or later${detail}. Check its URL, its headers, and the server's certificate.`,
    );
  }
  return new TransportError("connect", `The server could not be reached${detail}.`);
}
