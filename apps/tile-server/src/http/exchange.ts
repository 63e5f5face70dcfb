import type { IncomingHttpHeaders } from "node:http";

/** A request and the answer to it, over HTTP/1.1 or HTTP/2 alike. */
export interface Exchange extends Sending {
  readonly method: string;
  /** The request's target: path and query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly httpVersion: string;
  readonly isEncrypted: boolean;
  readonly authority: string | undefined;
  readonly remoteAddress: string | undefined;
  /** The n-th connection that the server has accepted. */
  readonly connection: number;

  /** Reads the request's body. Undefined when it is longer than that. */
  readonly readBody: (maxBytes: number) => Promise<string | undefined>;
  /** Ends it in the middle of the body, after what was written. */
  readonly cut: () => void;
  /** Resets it: the connection over HTTP/1.1, the stream over HTTP/2, whose other streams live on. */
  readonly reset: () => void;
  /** Destroys the whole connection. */
  readonly disconnect: () => void;
}

/** The part of an exchange that sends the answer. */
export interface Sending {
  /** Aborted when the client has left or the answer is complete. */
  readonly closed: AbortSignal;
  /** Sends status and headers. */
  readonly begin: (status: number, headers: Readonly<Record<string, string>>) => void;
  /** Sends a part of the body. Settles with whether the system has taken it: false when the client has left. */
  readonly write: (part: Uint8Array) => Promise<boolean>;
  /** Ends the body, after a last part perhaps. Settles as `write` does. */
  readonly end: (rest?: Uint8Array) => Promise<boolean>;
}
