import type { Observable } from "rxjs";
import type { DownloadProgress } from "./download-progress.ts";
import type { TileEvent } from "./tile-event.ts";

/**
 * A download that has been started. It goes on whether or not anybody listens. Its functions may be called in any state, twice
 * too; once it is over they do nothing.
 */
export interface Download {
  readonly id: string;
  /** The name of the store that it downloads into. */
  readonly store: string;
  /**
   * How far it has come: the latest at once, then each change of state, and in between one each `reportIntervalMs` at the
   * most. Then it completes, after the last one: it never errors, so that whoever only draws a bar need not care. A download
   * that has failed says why in `error`; one whose root was closed is `paused` to the end. Of one whose root is elsewhere and was
   * lost, the last state here is `failed`, though it may go on there.
   */
  readonly progress$: Observable<DownloadProgress>;
  /** Each attempt at a tile, from the subscription on. It completes with the download, and never errors. */
  readonly tiles$: Observable<TileEvent>;
  /** The final progress, of state `completed` or `cancelled`; rejects if the download has failed. */
  readonly done: Promise<DownloadProgress>;
  /**
   * Sends no more requests, waits for those under way, and commits. Resolves when that is so, or when somebody has wished
   * otherwise; rejects if the download fails meanwhile. Whoever wants may then resume it, here or elsewhere.
   */
  readonly pause: () => Promise<void>;
  /** Goes on from a pause. Rejects with a `DownloadInProgressError` if another has taken it over meanwhile. */
  readonly resume: () => Promise<void>;
  /**
   * Like `pause`, and then forgets the download: its record goes, its tiles stay. It wins over a pause and a resume. One that was
   * paused here and that somebody else has gone on with is his, and goes on there.
   */
  readonly cancel: () => Promise<void>;
}
