/** Runs one task at a time, in the order they came. */
export interface SerialQueue {
  readonly run: <T>(task: () => Promise<T>) => Promise<T>;
  /** Resolves when nothing is left to do. */
  readonly idle: () => Promise<void>;
}

export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  return {
    run: (task) => {
      waiting += 1;
      // A first task begins at once, so that requests made in this turn are in its transaction.
      const turn = waiting === 1 ? task() : last.then(task);
      const done = turn.finally(() => {
        waiting -= 1;
      });
      last = done.catch(() => undefined);
      return done;
    },
    idle: async () => {
      await last;
    },
  };
}
