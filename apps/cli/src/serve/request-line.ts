interface Entry<T> {
  readonly key: string;
  readonly start: () => Promise<T>;
  readonly promise: Promise<T>;
  readonly settle: (value: T | Promise<T>) => void;
  waiters: number;
}

/**
 * Requests to a server, a few at a time. The same one asked for by several goes out once; one that everybody who wanted it has
 * given up before its turn does not go out.
 */
export class RequestLine<T> {
  readonly #mostUnderWay: number;
  readonly #givenUp: T;
  readonly #known = new Map<string, Entry<T>>();
  readonly #waiting = new Set<Entry<T>>();
  readonly #underWay = new Set<Promise<T>>();

  /** `givenUp` is what becomes of a request that does not go out. */
  constructor(mostUnderWay: number, givenUp: T) {
    this.#mostUnderWay = mostUnderWay;
    this.#givenUp = givenUp;
  }

  /** What `start` comes to, or what it has been started for by somebody else. `start` must not reject. */
  ask(key: string, start: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (signal.aborted) return Promise.resolve(this.#givenUp);
    const entry = this.#known.get(key) ?? this.#add(key, start);
    entry.waiters += 1;
    const leave = () => {
      entry.waiters -= 1;
      if (entry.waiters === 0 && this.#waiting.has(entry)) this.#giveUp(entry);
    };
    signal.addEventListener("abort", leave, { once: true });
    this.#drain();
    return entry.promise.finally(() => signal.removeEventListener("abort", leave));
  }

  /** Nothing goes out any more. Settles when all that has gone out has come to its end. */
  async close(): Promise<void> {
    for (const entry of this.#waiting) this.#giveUp(entry);
    await Promise.all(this.#underWay);
  }

  #add(key: string, start: () => Promise<T>): Entry<T> {
    let settle: Entry<T>["settle"] = () => {};
    const promise = new Promise<T>((resolve) => {
      settle = resolve;
    });
    const entry = { key, start, promise, settle, waiters: 0 };
    this.#known.set(key, entry);
    this.#waiting.add(entry);
    return entry;
  }

  #giveUp(entry: Entry<T>): void {
    this.#waiting.delete(entry);
    this.#known.delete(entry.key);
    entry.settle(this.#givenUp);
  }

  #drain(): void {
    for (const entry of this.#waiting) {
      if (this.#underWay.size >= this.#mostUnderWay) return;
      this.#waiting.delete(entry);
      const work = entry.start().finally(() => {
        this.#known.delete(entry.key);
        this.#underWay.delete(work);
        this.#drain();
      });
      this.#underWay.add(work);
      entry.settle(work);
    }
  }
}
