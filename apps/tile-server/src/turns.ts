/** Work that is done one piece after the other, each from what the one before has left behind. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Settles as the work does. One that fails does not keep the next from its turn. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}
