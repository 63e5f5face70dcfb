import { from, Observable, type ObservableInput } from "rxjs";

/** There is no work now, but there may be later. */
export const WAIT = Symbol("wait");
/** There is no more work, and never will be. */
export const END = Symbol("end");

export interface LanesOptions<Work, Result> {
  readonly parallel: number;
  /** Asked for the next work whenever a lane is free; what it gives is run at once. */
  readonly pull: () => Work | typeof WAIT | typeof END;
  readonly run: (work: Work) => ObservableInput<Result>;
  /** After `WAIT`, asks again; so does every work that ends. If it fails, all fails. */
  readonly wake$: Observable<unknown>;
}

/**
 * Runs up to `parallel` works at a time and emits all their results. It pulls: there are never more works than lanes, so
 * it takes no more memory for more work. Completes when there is no more work and all lanes are done; the first failure of
 * a work fails it, and unsubscribing stops all lanes.
 */
export function lanes<Work, Result>({ parallel, pull, run, wake$ }: LanesOptions<Work, Result>): Observable<Result> {
  return new Observable((subscriber) => {
    let active = 0;
    let hasEnded = false;
    let isFilling = false;
    let again = false;

    // A work that ends at once frees its lane while lanes are being filled: the loop goes on rather than nest.
    const fill = () => {
      again = true;
      if (isFilling) return;
      isFilling = true;
      while (again && !subscriber.closed) {
        again = false;
        while (active < parallel && !hasEnded && !subscriber.closed) {
          const work = pull();
          if (work === WAIT) break;
          if (work === END) hasEnded = true;
          else start(work);
        }
      }
      isFilling = false;
      if (hasEnded && active === 0) subscriber.complete();
    };

    // What all lanes have in common is made once.
    const next = (result: Result) => subscriber.next(result);
    const error = (reason: unknown) => subscriber.error(reason);
    const complete = () => {
      active -= 1;
      fill();
    };

    const start = (work: Work) => {
      active += 1;
      // One that is over takes itself out again.
      subscriber.add(from(run(work)).subscribe({ next, error, complete }));
    };

    subscriber.add(wake$.subscribe({ next: fill, error }));
    fill();
  });
}
