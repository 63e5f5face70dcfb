import { type Observable, ReplaySubject } from "rxjs";
import type { OutputStream } from "./output-stream.ts";

/** A stream that may lose its reader at any time, and takes it quietly. */
export interface Sink {
  readonly write: (text: string) => void;
  readonly isGone: boolean;
  /** Emits once nobody reads any more. */
  readonly gone$: Observable<void>;
  /** Resolves once all was taken, or nobody is there to take it. */
  readonly drained: () => Promise<void>;
}

export function createSink(stream: OutputStream): Sink {
  const gone$ = new ReplaySubject<void>(1);
  let isGone = false;
  // Without a listener the error would end the program. It stays: the error of a last write comes late.
  stream.on("error", () => {
    isGone = true;
    gone$.next();
  });
  return {
    write: (text) => {
      if (!isGone) stream.write(text);
    },
    get isGone() {
      return isGone;
    },
    gone$,
    drained: () => new Promise((resolve) => (isGone ? resolve() : stream.write("", () => resolve()))),
  };
}
