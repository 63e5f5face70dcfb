import { NEVER, Observable, of, Subject, throwError, timer } from "rxjs";
import { map } from "rxjs/operators";
import { TestScheduler } from "rxjs/testing";
import { expect, it } from "vitest";
import { END, lanes, WAIT } from "../../src/download/lanes.ts";

const numbers = (end: number) => {
  let next = 0;
  return () => (next < end ? next++ : END);
};

it("runs as many as there are lanes, and pulls the next when one is done", () => {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(({ expectObservable }) => {
    const run = (work: number) => timer(work === 0 ? 7 : 2).pipe(map(() => `${work}`));
    const results$ = lanes({ parallel: 2, pull: numbers(5), run, wake$: NEVER });
    expectObservable(results$).toBe("--1-2-30(4|)");
  });
});

it("never has more works than lanes", () => {
  let active = 0;
  let most = 0;
  let pulled = 0;
  const ends: (() => void)[] = [];
  const run = () =>
    new Observable<never>((subscriber) => {
      active += 1;
      most = Math.max(most, active);
      ends.push(() => {
        active -= 1;
        subscriber.complete();
      });
    });
  const pull = () => (pulled < 100 ? pulled++ : END);
  lanes({ parallel: 3, pull, run, wake$: NEVER }).subscribe();
  for (let i = 0; i < 50; i++) ends.shift()?.();
  expect({ most, active, pulled }).toEqual({ most: 3, active: 3, pulled: 53 });
});

it("does not nest where works end at once", () => {
  let count = 0;
  lanes({ parallel: 4, pull: numbers(200_000), run: of, wake$: NEVER }).subscribe(() => {
    count += 1;
  });
  expect(count).toBe(200_000);
});

it("waits for work, and asks again when it is woken or a work ends", () => {
  const wake$ = new Subject<void>();
  const end$ = new Subject<string>();
  const queue: (string | typeof WAIT | typeof END)[] = ["a", WAIT];
  const seen: string[] = [];
  const results$ = lanes({ parallel: 2, pull: () => queue.shift() ?? WAIT, run: () => end$, wake$ });
  results$.subscribe({ next: (result) => seen.push(result), complete: () => seen.push("done") });
  queue.push(WAIT);
  wake$.next();
  queue.push(END);
  end$.next("one");
  expect(seen).toEqual(["one"]);
  end$.complete();
  expect(seen).toEqual(["one", "done"]);
});

it("completes at once without work", () => {
  let isComplete = false;
  lanes({ parallel: 2, pull: numbers(0), run: of, wake$: NEVER }).subscribe({
    complete: () => {
      isComplete = true;
    },
  });
  expect(isComplete).toBe(true);
});

it("fails with the first work that fails, and stops the others", () => {
  let stopped = 0;
  const run = (work: number) =>
    work === 2
      ? throwError(() => new Error("two"))
      : new Observable<never>(() => () => {
          stopped += 1;
        });
  const failures: unknown[] = [];
  lanes({ parallel: 5, pull: numbers(9), run, wake$: NEVER }).subscribe({ error: (error) => failures.push(error) });
  expect(failures).toEqual([new Error("two")]);
  expect(stopped).toBe(2);
});

it("stops all lanes when nobody listens", () => {
  let stopped = 0;
  let pulled = 0;
  const run = () =>
    new Observable<never>(() => () => {
      stopped += 1;
    });
  const pull = () => pulled++;
  lanes({ parallel: 3, pull, run, wake$: NEVER }).subscribe().unsubscribe();
  expect({ stopped, pulled }).toEqual({ stopped: 3, pulled: 3 });
});
