import { TokenBucket } from "./token-bucket.ts";

const WINDOW_MS = 1_000;
/** The first few requests go out in the same millisecond, which tells no rate. */
const LEAST_MS = 500;
/** What a server is thought to bear that refuses before there is anything to measure. If it is less, it says so again. */
const FIRST_PER_SECOND = 10;
const RECOVERY_MS = 10_000;
const RECOVERY_FACTOR = 1.25;
/** One request every two seconds: slower than that is for `Retry-After` to ask. */
const SLOWEST_PER_SECOND = 0.5;

/**
 * How many requests a second a server bears. Until it refuses one, as many as its policy says, if it says so: then half of
 * what it was getting, once a second at the most, and a quarter more for every ten seconds without a refusal, until it is back where it was.
 */
export class ServerRate {
  readonly #policy: number | undefined;
  #bucket: TokenBucket | undefined;
  /** The rate at the first refusal, to which it recovers. */
  #borne = 0;
  #isRefused = false;
  #changedAt = Number.NEGATIVE_INFINITY;
  #halvedAt = Number.NEGATIVE_INFINITY;
  #windowStart = Number.NEGATIVE_INFINITY;
  #inWindow = 0;
  #measured = 0;

  constructor(policy?: number) {
    this.#policy = policy;
    this.#keepToPolicy();
  }

  /** Whether the limit is that of a server which has refused more. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** The limit; undefined while there is none. */
  get perSecond(): number | undefined {
    return this.#bucket?.perSecond;
  }

  /** Takes leave for one request, and returns after how many milliseconds it may go out. */
  take(now: number): number {
    this.#recover(now);
    this.#measure(now);
    return this.#bucket?.take(now) ?? 0;
  }

  /** The server has refused a request that went out at `sentAt`. */
  refused(sentAt: number, now: number): void {
    // Those that were under way when it was halved say nothing of the new rate, nor do the first few after that.
    if (sentAt < this.#halvedAt + WINDOW_MS) return;
    const got = this.#gotUntil(now);
    const rate = Math.min(got, this.#bucket?.perSecond ?? got);
    if (!this.#isRefused) this.#borne = rate;
    this.#isRefused = true;
    this.#halvedAt = now;
    this.#limit(Math.max(SLOWEST_PER_SECOND, rate / 2), now);
    // The next one goes out after its time, and not at once.
    this.#bucket?.take(now);
  }

  #recover(now: number): void {
    if (this.#bucket === undefined || !this.#isRefused || now - this.#changedAt < RECOVERY_MS) return;
    const perSecond = this.#bucket.perSecond * RECOVERY_FACTOR;
    if (perSecond < this.#borne) this.#limit(perSecond, now);
    else this.#keepToPolicy();
  }

  #keepToPolicy(): void {
    this.#isRefused = false;
    this.#bucket = this.#policy === undefined ? undefined : new TokenBucket(this.#policy);
  }

  #limit(perSecond: number, now: number): void {
    this.#bucket = new TokenBucket(perSecond);
    this.#changedAt = now;
  }

  /** How many requests a second the server got of late. */
  #gotUntil(now: number): number {
    if (this.#measured > 0) return Math.max(this.#measured, this.#inWindow);
    const seconds = Math.max(LEAST_MS, now - this.#windowStart) / 1_000;
    return Math.max(FIRST_PER_SECOND, this.#inWindow / seconds);
  }

  /** Counts the requests of the last whole second. */
  #measure(now: number): void {
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#measured = now - this.#windowStart < 2 * WINDOW_MS ? this.#inWindow : 0;
      this.#windowStart = now;
      this.#inWindow = 0;
    }
    this.#inWindow += 1;
  }
}
