import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Validators } from "./not-modified.ts";

/** Something with an address: a tile, a style, a font. */
export interface Resource {
  readonly body: Buffer;
  readonly contentType: string;
  /** Its version of the map, which tells when it was last modified. */
  readonly version: number;
  /** Whether clients that can read gzip get that. */
  readonly isCompressible: boolean;
}

export interface Representation extends Validators {
  readonly body: Buffer;
  readonly contentEncoding?: "gzip";
}

const FIRST_VERSION = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

const etags = new WeakMap<Buffer, string>();
const compressed = new WeakMap<Buffer, Buffer>();

/** The resource as it goes over the wire. Each encoding has an ETag of its own, as they differ in their bytes. */
export function representationOf(resource: Resource, gzip: boolean): Representation {
  const lastModified = new Date(FIRST_VERSION + (resource.version - 1) * DAY_MS).toUTCString();
  if (!gzip || !resource.isCompressible) return { body: resource.body, etag: etagOf(resource.body), lastModified };
  const body = compressed.get(resource.body) ?? gzipSync(resource.body);
  compressed.set(resource.body, body);
  return { body, etag: etagOf(body), lastModified, contentEncoding: "gzip" };
}

function etagOf(body: Buffer): string {
  const known = etags.get(body);
  if (known !== undefined) return known;
  const etag = `"${createHash("sha1").update(body).digest("base64url")}"`;
  etags.set(body, etag);
  return etag;
}
