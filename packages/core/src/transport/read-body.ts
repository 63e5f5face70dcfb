import { TransportError } from "../errors/transport-error.ts";
import type { TransportResponse } from "../ports/transport.ts";
import type { FetchBody, FetchResponse } from "./fetch-platform.ts";

/**
 * The body of a response, piece by piece, so that no more than `maxBytes` come into memory. An image that declares a length
 * within that is read at once, which takes Chromium a tenth less for all of a tile. Where the browser hides from a page of
 * another site that it was compressed on its way, more can come into memory before it is refused.
 *
 * @throws TransportError
 */
export async function readBody(
  response: FetchResponse,
  headers: TransportResponse["headers"],
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // NaN where it is not declared.
  const declared = headers["content-encoding"] === undefined ? Number(headers["content-length"]) : Number.NaN;
  if (declared > maxBytes && response.body !== null) throw tooLarge(maxBytes);
  const isImage = /^image\/(?!svg)/i.test(headers["content-type"] ?? "");
  if (declared > 0 && isImage) return readAtOnce(response, maxBytes);
  return response.body === null ? new Uint8Array() : readPieces(response.body, maxBytes);
}

async function readAtOnce(response: FetchResponse, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await response.arrayBuffer().catch(() => {
    throw new TransportError("interrupted", "The connection broke while the body came.");
  });
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
  return new Uint8Array(bytes);
}

async function readPieces(body: FetchBody, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new TransportError("interrupted", `The connection broke after ${length} bytes of the body.`);
    });
    if (done || value === undefined) return joined(pieces, length);
    length += value.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    pieces.push(value);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function tooLarge(maxBytes: number): TransportError {
  return new TransportError("too-large", `The body is longer than the ${maxBytes} bytes allowed (maxBytes).`);
}
