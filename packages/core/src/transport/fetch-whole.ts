import { TransportError } from "../errors/transport-error.ts";
import type { TransportRequest, TransportResponse } from "../ports/transport.ts";
import type { FetchPlatform, FetchResponse } from "./fetch-platform.ts";
import { readBody } from "./read-body.ts";

const MEGABYTE = 1_000_000;

/**
 * A response with its whole body.
 *
 * @throws TransportError
 */
export async function fetchWhole<Signal>(
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
  return { status: response.status, headers: received, body: await readBody(response, received, maxBytes) };
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
