import type { Writable } from "node:stream";

/** Standard output or standard error: a stream, and maybe a terminal. */
export type OutputStream = Writable & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
};
