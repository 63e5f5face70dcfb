import prettyBytes from "pretty-bytes";

/** A number of bytes for people, in powers of 1,000: `12.3 MB`. */
export function formatBytes(bytes: number): string {
  return prettyBytes(bytes);
}
