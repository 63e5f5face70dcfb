import type { DownloadProgress } from "@fmtc/core";
import type { Tally } from "./tally.ts";

/** What there is to show of a download at a moment. */
export interface Snapshot {
  readonly progress: DownloadProgress;
  readonly tally: Tally;
  readonly now: number;
  /** How long nothing has been heard of it. */
  readonly silentMs: number;
  /** Why tiles are to be tried again, as the `detail` of their events. */
  readonly problem: string | undefined;
  /** Whether the server has answered anything at all. */
  readonly isAnswered: boolean;
}
