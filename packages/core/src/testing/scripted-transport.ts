import { defer, delay, finalize, type Observable, of, type SchedulerLike, tap } from "rxjs";
import type { Transport, TransportRequest, TransportResponse } from "../ports/transport.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];

/** What a scripted transport answers: a response, which takes its time, or whatever the observable does. */
export type ScriptedAnswer = TransportResponse | Observable<TransportResponse>;

/** A transport that answers as it is told, and notes what it was asked. */
export interface ScriptedTransport extends Transport {
  /** Every request that has gone out, in its order. */
  readonly requests: readonly TransportRequest[];
  /** How many are under way. */
  readonly underWay: () => number;
}

export interface ScriptedTransportOptions {
  /** What comes of a request, the `nth` for its URL, counted from 1. Default: a tile that holds the URL. */
  readonly answer?: ((request: TransportRequest, nth: number) => ScriptedAnswer) | undefined;
  /** How long responses take. Default: 10. */
  readonly delayMs?: number | undefined;
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * A transport for tests.
 *
 * @example
 * const transport = scriptedTransport({ answer: ({ url }) => (url.endsWith("/3") ? statusResponse(404) : tileResponse(url)) });
 */
export function scriptedTransport({
  answer = ({ url }) => tileResponse(url),
  delayMs = 10,
  scheduler,
}: ScriptedTransportOptions = {}): ScriptedTransport {
  const requests: TransportRequest[] = [];
  const counts = new Map<string, number>();
  let underWay = 0;
  return {
    requests,
    underWay: () => underWay,
    request: (request) =>
      defer(() => {
        requests.push(request);
        const nth = (counts.get(request.url) ?? 0) + 1;
        counts.set(request.url, nth);
        underWay += 1;
        let isUnderWay = true;
        const end = () => {
          if (isUnderWay) underWay -= 1;
          isUnderWay = false;
        };
        const given = answer(request, nth);
        const response$ = "status" in given ? of(given).pipe(delay(delayMs, scheduler)) : given;
        // Once it has answered: what it answers may lead to the next request.
        return response$.pipe(tap({ next: end, error: end }), finalize(end));
      }),
    close: async () => {},
  };
}

/** A response that is a tile, told from others by its text. */
export function tileResponse(text = "", headers: Readonly<Record<string, string>> = {}): TransportResponse {
  const body = new Uint8Array(PNG.length + text.length);
  body.set(PNG);
  for (let i = 0; i < text.length; i++) body[PNG.length + i] = text.charCodeAt(i);
  return { status: 200, headers, body };
}

/** A response without a body. */
export function statusResponse(status: number, headers: Readonly<Record<string, string>> = {}): TransportResponse {
  return { status, headers, body: new Uint8Array() };
}
