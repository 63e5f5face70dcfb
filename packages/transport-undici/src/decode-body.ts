import { constants } from "node:buffer";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";
import { TransportError, type TransportResponse } from "@fmtc/core";
import { tooLarge } from "./received-body.ts";

/** More than one is rare enough; each costs as much as `maxBytes` allows. */
const MOST_ENCODINGS = 3;

type Decode = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const zlibDecode: Decode = promisify(inflate);
const rawDecode: Decode = promisify(inflateRaw);
const gzipDecode: Decode = promisify(gunzip);
const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: gzipDecode,
  "x-gzip": gzipDecode,
  br: promisify(brotliDecompress),
  // Some servers mean zlib's format, as the standard does, others the bare one.
  deflate: (bytes, options) => (((bytes[0] ?? 0) & 15) === 8 ? zlibDecode : rawDecode)(bytes, options),
};

/** Whether its body has been compressed in a way that is known here. */
export function isEncoded({ headers, body }: TransportResponse): boolean {
  return body.length > 0 && decodersOf(headers).length > 0;
}

/**
 * The response as it was before it was compressed. The headers that spoke of what travelled are gone.
 *
 * Fails with a `TransportError`.
 */
export async function decodeBody(response: TransportResponse, maxBytes: number): Promise<TransportResponse> {
  const { "content-encoding": _, "content-length": __, ...headers } = response.headers;
  let bytes: Uint8Array = response.body;
  try {
    for (const decode of decodersOf(response.headers)) {
      bytes = await decode(bytes, { maxOutputLength: Math.min(maxBytes, constants.MAX_LENGTH) });
    }
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    throw new TransportError("interrupted", `The compressed body is damaged or cut short (${code}).`);
  }
  return { ...response, headers, body: new Uint8Array(bytes) };
}

/** In the order in which they undo what was done; none if one of them is not known. */
function decodersOf(headers: TransportResponse["headers"]): Decode[] {
  const { "content-encoding": encodings } = headers;
  if (encodings === undefined) return [];
  const names = encodings
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  const decoders = names.flatMap((name) => (Object.hasOwn(DECODERS, name) ? (DECODERS[name] ?? []) : [])).toReversed();
  return decoders.length === names.length && names.length <= MOST_ENCODINGS ? decoders : [];
}
