import type { Observable } from "rxjs";

/** Requests to stop: SIGINT (Ctrl-C), SIGTERM, and SIGHUP when the terminal is closed. The second of them ends the program at once. */
export interface Interrupts {
  /** Emits the first request, also to those who subscribe after it. Completes with `close`. */
  readonly first$: Observable<NodeJS.Signals>;
  /** Stops listening. From then on Node ends the program at a signal, as it does by default. */
  readonly close: () => void;
}
