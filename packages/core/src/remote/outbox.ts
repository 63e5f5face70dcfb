/** Gathers the messages of one moment, and posts them together. */
export class Outbox<M> {
  readonly #post: (messages: readonly M[]) => void;
  readonly #refused: (message: M, error: unknown) => void;
  #waiting: M[] = [];
  #isHeld: boolean;
  #isDue = false;

  /**
   * `refused` is told of each message that cannot be posted, as it holds what no port carries. While it is held, messages
   * wait for `release`.
   */
  constructor(
    post: (messages: readonly M[]) => void,
    { refused, isHeld = false }: { readonly refused: (message: M, error: unknown) => void; readonly isHeld?: boolean },
  ) {
    this.#post = post;
    this.#refused = refused;
    this.#isHeld = isHeld;
  }

  add(message: M): void {
    this.#waiting.push(message);
    if (this.#isHeld || this.#isDue) return;
    this.#isDue = true;
    Promise.resolve().then(() => this.flush());
  }

  release(): void {
    this.#isHeld = false;
    this.flush();
  }

  flush(): void {
    this.#isDue = false;
    const messages = this.#waiting;
    if (this.#isHeld || messages.length === 0) return;
    this.#waiting = [];
    try {
      this.#post(messages);
    } catch {
      // One of them is to blame, and the others are not to suffer for it.
      for (const message of messages) this.#postAlone(message);
    }
  }

  #postAlone(message: M): void {
    try {
      this.#post([message]);
    } catch (error) {
      this.#refused(message, error);
    }
  }
}
