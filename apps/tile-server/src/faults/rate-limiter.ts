import type { RateLimit } from "./faults.ts";

/** A bucket of permissions that refills over time. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  #permissions: number;
  #filledAt: number;

  constructor(limit: RateLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
    this.#permissions = limit.burst;
    this.#filledAt = now();
  }

  /** Takes a permission, if there is one. */
  admit(): boolean {
    const now = this.#now();
    const { burst, perSecond } = this.#limit;
    this.#permissions = Math.min(burst, this.#permissions + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#permissions < 1) return false;
    this.#permissions -= 1;
    return true;
  }

  /** What `Retry-After` says, from the clock's milliseconds since 1970. */
  retryAfter(nowMs: number): string {
    const { retryAfterSeconds, retryAfterAs } = this.#limit;
    return retryAfterAs === "seconds"
      ? `${retryAfterSeconds}`
      : new Date(nowMs + retryAfterSeconds * 1000).toUTCString();
  }
}
