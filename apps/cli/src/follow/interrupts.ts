import type { Observable } from "rxjs";

/** Requests to stop: Ctrl-C (SIGINT), SIGTERM, and SIGHUP when the terminal is closed. The second of them ends the program at once. */
export interface Interrupts {
  /** The first one, also for who asks later. Completes with `close`. */
  readonly first$: Observable<NodeJS.Signals>;
  /** Listens no more. From then on a signal does what it does by itself. */
  readonly close: () => void;
}
