import type { DownloadPlan, RegionAudit } from "@fmtc/core";
import { inWords } from "../error-words.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";

/** What the database has beside it while tiles are written, its reserve above all. */
export const WRITING_BYTES = 20_000_000;

/** A plan, with what is known here beside it. */
export interface ToldPlan extends DownloadPlan {
  /** Why samples did not come: what went wrong last. */
  readonly problem?: string | undefined;
}

/** Adds what is there already, what writing takes, and which of the failures was the last. */
export function toldOf(plan: DownloadPlan, audit: RegionAudit | undefined, failures: readonly string[]): ToldPlan {
  const { availableBytes, refusal, tiles } = plan;
  const problem = failures.at(-1);
  // Where the server has nothing, that is no estimate.
  const bytes = problem !== undefined && plan.bytes?.likely === 0 ? undefined : plan.bytes;
  const share = audit === undefined ? 1 : audit.missing / tiles;
  const isKnown = bytes !== undefined && availableBytes !== undefined;
  const fits = isKnown ? share === 0 || bytes.likely * share + WRITING_BYTES <= availableBytes : undefined;
  return { ...plan, bytes, fits, refusal: refusal && inWords(refusal), problem };
}

/** A plan that nothing can come of is a failure: it does not fit, or no sample could be had. */
export function exitCodeOf({ isAllowed, fits, bytes, problem }: ToldPlan): ExitCode {
  if (!isAllowed) return EXIT.refused;
  return fits === false || (bytes === undefined && problem !== undefined) ? EXIT.error : EXIT.complete;
}
