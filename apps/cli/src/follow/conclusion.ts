import type { Download } from "@fmtc/core";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { rounded } from "./progress-event.ts";
import {
  averageSpeed,
  cancelledSummary,
  completedSummary,
  pausedSummary,
  retryCommand,
  type SummaryOf,
} from "./summary.ts";

/** How following a download has ended. */
export interface Conclusion {
  readonly text: string;
  readonly event: object;
  readonly exitCode: ExitCode;
}

/** `stopped`: with which code, if it was asked to stop. What is complete by then is complete. */
export function concludeDownload({ store }: Download, of: SummaryOf, stopped: ExitCode | undefined): Conclusion {
  const { last, resumeCommand: resume } = of;
  // That of the last few seconds, which core tells, says nothing of the whole.
  const tilesPerSecond = averageSpeed(of);
  const conclude = (outcome: string, text: string, exitCode: ExitCode, commands: object = {}) => ({
    text,
    event: { event: "done", outcome, exitCode, store, ...rounded({ ...last, tilesPerSecond }), ...commands },
    exitCode,
  });
  if (last.state === "completed") {
    const text = completedSummary(of);
    if (last.failed === 0) return conclude("complete", text, EXIT.complete);
    const retry = resume === undefined ? undefined : retryCommand(resume);
    return conclude("incomplete", text, EXIT.incomplete, { retry });
  }
  if (last.state === "cancelled") return conclude("cancelled", cancelledSummary(of), stopped ?? EXIT.incomplete);
  const command = resume !== undefined && of.which === "failed" ? retryCommand(resume) : resume;
  return conclude("paused", pausedSummary(of), stopped ?? EXIT.incomplete, { resume: command });
}
