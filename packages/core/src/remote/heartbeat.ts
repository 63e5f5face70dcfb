import type { SchedulerLike, Subscription } from "rxjs";

const MOST_ASKED = 3;

export interface HeartbeatOptions {
  /** Infinity: never. */
  readonly intervalMs: number;
  readonly scheduler: SchedulerLike;
  /** Nothing was heard for an interval: it is time to ask. */
  readonly ask: () => void;
  /** It was asked three times, and nothing was heard. */
  readonly silent: () => void;
}

/**
 * Finds out that the other side is gone where the port does not tell. It counts what was asked in vain, not time: a page
 * that was frozen for an hour has missed nothing.
 */
export class Heartbeat {
  #wasHeard = false;
  #asked = 0;
  readonly #timer: Subscription | undefined;

  constructor(options: HeartbeatOptions) {
    const { intervalMs, scheduler } = options;
    if (intervalMs === Infinity) return;
    const tick = () => this.#tick(options);
    this.#timer = scheduler.schedule(function () {
      tick();
      if (!this.closed) this.schedule(undefined, intervalMs);
    }, intervalMs);
  }

  heard(): void {
    this.#wasHeard = true;
    this.#asked = 0;
  }

  stop(): void {
    this.#timer?.unsubscribe();
  }

  #tick({ ask, silent }: HeartbeatOptions): void {
    if (this.#wasHeard) {
      this.#wasHeard = false;
    } else if (this.#asked === MOST_ASKED) {
      silent();
    } else {
      this.#asked += 1;
      ask();
    }
  }
}
