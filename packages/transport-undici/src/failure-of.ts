import { TransportError } from "@fmtc/core";

/** What undici says went wrong, in the words of the port. Its message is left out, as it may name the server. */
export function failureOf(error: unknown, wasSent: boolean): TransportError {
  if (TransportError.isInstance(error)) return error;
  const code = codeOf(error);
  if (code === "UND_ERR_HEADERS_TIMEOUT") return new TransportError("timeout", "The response did not begin in time.");
  if (code === "UND_ERR_BODY_TIMEOUT") return new TransportError("timeout", "The body paused for too long.");
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return new TransportError("too-large", "The headers of the response are longer than Node allows.");
  }
  if (code !== undefined && /CERT|SIGNATURE|SELF_SIGNED/.test(code)) {
    const advice = "Give the authority that signed it: tls: { ca }";
    return new TransportError("request", `The server's certificate is not trusted (${code}). ${advice}.`);
  }
  if (!wasSent && code?.startsWith("ERR_SSL_")) {
    return new TransportError("request", `The server does not speak TLS as this program does (${code}).`);
  }
  if (code === "UND_ERR_INVALID_ARG") {
    return new TransportError("request", "The request cannot be sent. Is there a line break in one of its headers?");
  }
  const detail = code === undefined ? "" : ` (${code})`;
  return wasSent
    ? new TransportError("interrupted", `The connection broke before the response was complete${detail}.`)
    : new TransportError("connect", `The server could not be reached${detail}.`);
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : undefined;
}
