import type { JobArguments, JobName, JobValue } from "./jobs.ts";
import type { Outcome } from "./outcome.ts";

/** The writing half of a store, in this thread or another. */
export interface Writer {
  /** The number of its session. */
  readonly session: number;
  /** Runs a job after those that were asked for before. */
  readonly run: <Name extends JobName>(name: Name, ...args: JobArguments<Name>) => Promise<Outcome<JobValue<Name>>>;
  readonly reclaim: () => Promise<number>;
  /** Waits for what has begun, then closes. After damage, whoever opens the database next checks it. */
  readonly close: (after: { readonly damage: boolean }) => Promise<void>;
}
