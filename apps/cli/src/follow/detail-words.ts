import { oneLine } from "../output/one-line.ts";

/** What core says of an attempt in a word: the kinds of its `TransportError`, and an answer that never came. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["connect", "the server cannot be reached"],
  ["interrupted", "the connection broke off"],
  ["timeout", "the server took too long"],
  ["no answer", "the server did not answer"],
]);

/** The `detail` of a tile's event, for people. */
export function detailWords(detail: string): string {
  const [, status] = /^status (\d{3})$/.exec(detail) ?? [];
  return status === undefined ? (WORDS.get(detail) ?? oneLine(detail)) : `the server answers ${status}`;
}
