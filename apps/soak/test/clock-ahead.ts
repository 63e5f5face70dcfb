import { asyncScheduler, type SchedulerLike } from "rxjs";

/** The system's scheduler, whose clock is wrong by so much. */
export function clockAhead(errorMs: number): SchedulerLike {
  return {
    now: () => asyncScheduler.now() + errorMs,
    schedule: asyncScheduler.schedule.bind(asyncScheduler),
  };
}
