/** First come, first served; who stops waiting just leaves. Everything takes constant time. */
export class WaitingLine<T> {
  readonly #waiting = new Set<T>();
  /** Kept from turn to turn: a new one would begin at the places of all those who have left. */
  #turns = this.#waiting.values();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  join(one: T): void {
    this.#waiting.add(one);
  }

  leave(one: T): void {
    this.#waiting.delete(one);
  }

  next(): T | undefined {
    let turn = this.#turns.next();
    if (turn.done === true) {
      this.#turns = this.#waiting.values();
      turn = this.#turns.next();
      if (turn.done === true) return undefined;
    }
    this.#waiting.delete(turn.value);
    return turn.value;
  }
}
