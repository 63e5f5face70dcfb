/**
 * A place in a line. Who has left knows no neighbours any more: an old place that did would keep alive all who came later, until
 * the next full garbage collection, as the tables of a Set do.
 */
export class Place<T> {
  readonly one: T;
  #before: Place<T> = this;
  #behind: Place<T> = this;

  constructor(one: T) {
    this.one = one;
  }

  get behind(): Place<T> {
    return this.#behind;
  }

  enterBefore(other: Place<T>): void {
    this.#before = other.#before;
    this.#behind = other;
    this.#before.#behind = this;
    other.#before = this;
  }

  /** Twice too. */
  leave(): void {
    this.#before.#behind = this.#behind;
    this.#behind.#before = this.#before;
    this.#before = this;
    this.#behind = this;
  }
}

/** First come, first served; who stops waiting just leaves his place. Everything takes constant time. */
export class WaitingLine<T> {
  /** Before the first and behind the last, so that all have neighbours. */
  readonly #end = new Place<T | undefined>(undefined);

  get isEmpty(): boolean {
    return this.#end.behind === this.#end;
  }

  join(one: T): Place<T | undefined> {
    const place = new Place<T | undefined>(one);
    place.enterBefore(this.#end);
    return place;
  }

  next(): T | undefined {
    const first = this.#end.behind;
    first.leave();
    return first.one;
  }
}
