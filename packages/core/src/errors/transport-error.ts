import { FmtcError } from "./fmtc-error.ts";

const code = "TRANSPORT";

/**
 * - `connect`: no connection could be made, as when the device is offline
 * - `interrupted`: the connection broke, or the response ended too early
 * - `timeout`: it took too long
 * - `too-large`: the body is longer than was allowed
 * - `redirect`: too many redirects, or one from https to http
 * - `request`: it can not be asked as it is, now or later: the URL is none, or the server's certificate is not trusted
 * - `closed`: the transport was closed
 */
export type TransportFailure = "connect" | "interrupted" | "timeout" | "too-large" | "redirect" | "request" | "closed";

/** A request has no response, and `kind` says why. Its URL is not kept, as it may hold a key. */
export class TransportError extends FmtcError {
  readonly kind: TransportFailure;

  constructor(kind: TransportFailure, message: string) {
    super(code, message);
    this.kind = kind;
  }

  static override isInstance(value: unknown): value is TransportError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
