import { type Decision, decide } from "./decide.ts";
import { type Faults, NO_FAULTS } from "./faults.ts";
import { RateLimiter } from "./rate-limiter.ts";

/** More paths than this are not told apart: their attempts count as the first. */
const MAX_PATHS = 1_000_000;

/** The faults of a running server, which may be changed at any time. */
export class FaultState {
  /** Those the server was started with. */
  readonly initial: Faults;
  readonly #attempts = new Map<string, number>();
  #faults: Faults;
  #limiter: RateLimiter | undefined;
  #isIdle = true;

  constructor(initial: Faults) {
    this.initial = initial;
    this.#faults = initial;
    this.set(initial);
  }

  get current(): Faults {
    return this.#faults;
  }

  /** Whether tiles are served as if there were no faults at all. */
  get isIdle(): boolean {
    return this.#isIdle;
  }

  /** From now on attempts are counted anew, so that a run can be repeated. */
  set(faults: Faults): void {
    this.#faults = faults;
    this.#limiter = faults.rateLimit === null ? undefined : new RateLimiter(faults.rateLimit, () => performance.now());
    this.#attempts.clear();
    this.#isIdle = JSON.stringify({ ...faults, seed: 0 }) === JSON.stringify({ ...NO_FAULTS, seed: 0 });
  }

  /** Counts a request for a path and says what is to become of it. */
  next(path: string): Decision & { readonly attempt: number } {
    const attempt = (this.#attempts.get(path) ?? 0) + 1;
    if (attempt > 1 || this.#attempts.size < MAX_PATHS) this.#attempts.set(path, attempt);
    return { attempt, ...decide(this.#faults, path, attempt) };
  }

  /** What `Retry-After` has to say, if the request is one too many. */
  refusal(): string | undefined {
    return this.#limiter === undefined || this.#limiter.admit() ? undefined : this.#limiter.retryAfter(Date.now());
  }
}
