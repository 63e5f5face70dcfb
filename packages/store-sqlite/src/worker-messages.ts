import type { ErrorMessage } from "./error-message.ts";

/** What the worker is asked to do; `job` names one of JOBS, or what the host does beside them. */
export interface WorkerRequest {
  readonly id: number;
  readonly job: string;
  readonly args: readonly unknown[];
}

/**
 * The first answer, with the id 0, is that the database is open: its result is the number of the session. That to a commit
 * brings back the buffer in which its bytes were copied.
 */
export type WorkerAnswer = { readonly id: number; readonly buffer?: ArrayBuffer | undefined } & (
  | { readonly result: unknown }
  | { readonly error: ErrorMessage }
);
