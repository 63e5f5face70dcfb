import { Observable, type SchedulerLike, type Subscription } from "rxjs";

/** How values travel that come faster than they are taken. */
export interface Pace<T, W> {
  /** Adds a value to those that wait. What it returns must not grow without bound. */
  readonly gather: (waiting: W | undefined, value: T) => W;
  /** How many emissions may be under way, not yet taken. */
  readonly window: number;
  /** The least time between two. Default: 0. */
  readonly intervalMs?: number | undefined;
}

/**
 * Emits what a source does as fast as it is taken, the first at once. What comes meanwhile is gathered; so a slow
 * listener hears of it later, and one that is gone costs no more than what may wait. What waits when the source ends, is
 * emitted then.
 */
export function paced<T, W>(
  source$: Observable<T>,
  { gather, window, intervalMs = 0 }: Pace<T, W>,
  taken$: Observable<unknown>,
  scheduler: SchedulerLike,
): Observable<W> {
  return new Observable((subscriber) => {
    let waiting: W | undefined;
    let underWay = 0;
    let pause: Subscription | undefined;

    const emit = () => {
      if (waiting === undefined) return;
      const emission = waiting;
      waiting = undefined;
      underWay += 1;
      subscriber.next(emission);
    };
    const emitInTime = () => {
      if (waiting === undefined || underWay >= window || pause !== undefined) return;
      if (intervalMs > 0) {
        pause = scheduler.schedule(() => {
          pause = undefined;
          emitInTime();
        }, intervalMs);
      }
      emit();
    };

    subscriber.add(() => pause?.unsubscribe());
    subscriber.add(
      taken$.subscribe(() => {
        underWay = Math.max(0, underWay - 1);
        emitInTime();
      }),
    );
    subscriber.add(
      source$.subscribe({
        next: (value) => {
          waiting = gather(waiting, value);
          emitInTime();
        },
        error: (error) => {
          emit();
          subscriber.error(error);
        },
        complete: () => {
          emit();
          subscriber.complete();
        },
      }),
    );
  });
}
