import type { Observable } from "rxjs";
import type { FailedTile, RecordedProgress } from "../ports/download-record.ts";
import type { Attempt } from "./attempt.ts";

/** What a download writes: its tiles, and with them how far it has come. */
export interface Journal {
  /** Makes the download ours. To be called before all else, and again after `rest`. */
  readonly open: () => Promise<void>;
  /** Writes what became of tiles, and the state, in one transaction. */
  readonly commit: (attempts: readonly Attempt[], state: RecordedProgress["state"]) => Promise<void>;
  /** The tiles that have failed, for good or for now. */
  readonly failed: () => AsyncIterable<FailedTile>;
  /** Lets go of the download, for whoever wants to take it up. */
  readonly rest: () => Promise<void>;
  /** Forgets the download. Its tiles stay. */
  readonly forget: () => Promise<void>;
  /** Errors when the download is no longer ours. */
  readonly lost$: Observable<never>;
}
