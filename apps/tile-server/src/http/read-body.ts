import type { Readable } from "node:stream";

/** The whole of a stream as text. Undefined when it is longer than that. */
export async function readBody(stream: Readable, maxBytes: number): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > maxBytes) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}
