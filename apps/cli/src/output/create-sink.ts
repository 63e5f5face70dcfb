import { type Observable, ReplaySubject } from "rxjs";
import type { OutputStream } from "./output-stream.ts";

/** A stream that may lose its reader, or have no room any more, at any time, and takes it quietly. */
export interface Sink {
  readonly write: (text: string) => void;
  /** Why nothing can be written any more; undefined while it can. */
  readonly loss: () => Loss | undefined;
  /** Emits that once, also for who asks later. */
  readonly lost$: Observable<Loss>;
  /** Resolves once all was taken, or is lost. */
  readonly drained: () => Promise<void>;
}

/** Why what is said does not arrive. */
export interface Loss {
  readonly error: Error;
  /** Whether that is only because nobody reads it any more, as in `fmtc … | head -1`. */
  readonly isUnread: boolean;
}

/** What systems call it when the other end of a pipe or a connection is gone. */
const GONE: readonly unknown[] = ["EPIPE", "ECONNRESET", "EOF"];

export function createSink(stream: OutputStream): Sink {
  const lost$ = new ReplaySubject<Loss>(1);
  let loss: Loss | undefined;
  const note = (error: Error | null | undefined) => {
    if (!error || loss !== undefined) return;
    // A terminal is never full: it has been closed.
    const isUnread = stream.isTTY === true || ("code" in error && GONE.includes(error.code));
    loss = { error, isUnread };
    lost$.next(loss);
  };
  // Without a listener the error would end the program. It stays, as the error of a last write comes late.
  stream.on("error", note);
  return {
    write: (text) => {
      if (loss === undefined) stream.write(text, note);
    },
    loss: () => loss,
    lost$,
    drained: () =>
      new Promise((resolve) => {
        if (loss !== undefined) return resolve();
        stream.write("", (error) => {
          note(error);
          resolve();
        });
      }),
  };
}
