import type { EventEmitter } from "node:events";
import type { Sending } from "./exchange.ts";

/** What Node's responses of HTTP/1.1 and HTTP/2 have in common. */
interface Response {
  readonly writeHead: (status: number, headers: Record<string, string>) => unknown;
  readonly write: (part: Uint8Array, done: (error?: Error | null) => void) => unknown;
  end(): unknown;
  end(rest: Uint8Array): unknown;
}

/** Where an answer goes, and where it shows that it is over. */
interface Outlet {
  readonly response: Response;
  /** Says "close" at the end, and mostly "finish" before, when the last byte has been handed over. */
  readonly events: EventEmitter;
  /** Whether it has finished, when it has closed without saying so. */
  readonly hasFinished: () => boolean;
}

/** The sending part of an exchange, over HTTP/1.1 and HTTP/2 alike. */
export function sendingThrough({ response, events, hasFinished }: Outlet): Sending {
  const closing = new AbortController();
  let leave = () => {};
  events.once("close", () => {
    closing.abort();
    leave();
  });
  /** Settles with what it is told, or when it closes. One at a time. */
  const unlessClosed = (begin: (done: (isSent: boolean) => void) => void) =>
    new Promise<boolean>((resolve) => {
      if (closing.signal.aborted) return resolve(false);
      leave = () => resolve(hasFinished());
      begin(resolve);
    });
  return {
    closed: closing.signal,
    begin: (status, headers) => {
      response.writeHead(status, { ...headers });
    },
    write: (part) => unlessClosed((done) => response.write(part, (error) => done(!error))),
    end: (rest) =>
      unlessClosed((done) => {
        events.once("finish", () => done(true));
        // An empty part would be one part too many for an answer that cannot have a body.
        if (rest === undefined) response.end();
        else response.end(rest);
      }),
  };
}
