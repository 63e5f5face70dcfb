import type { Subscription } from "rxjs";
import type { Download } from "../ports/download.ts";
import type { DownloadProgress } from "../ports/download-progress.ts";
import { errorMessageOf } from "./error-message.ts";
import type { DownloadMessage, OverMessage } from "./protocol.ts";

/** The downloads that a near side knows, by their numbers, until they are over. */
export class ServedDownloads {
  readonly #tell: (message: OverMessage) => void;
  readonly #downloads = new Map<number, { readonly download: Download; readonly following: Subscription }>();
  readonly #refs = new Map<Download, number>();
  #lastRef = 0;

  constructor(tell: (message: OverMessage) => void) {
    this.#tell = tell;
  }

  get(ref: number): Download | undefined {
    return this.#downloads.get(ref)?.download;
  }

  /** Gives a download a number, unless it has one, and tells when it is over. */
  add(download: Download, wanted?: number): DownloadMessage {
    const { id, store } = download;
    const known = this.#refs.get(download);
    if (known !== undefined) return { ref: known, id, store };
    if (wanted === undefined) this.#lastRef -= 1;
    const ref = wanted ?? this.#lastRef;
    this.#refs.set(download, ref);
    let progress: DownloadProgress | undefined;
    const following = download.progress$.subscribe((latest) => {
      progress = latest;
    });
    const end = (error?: OverMessage["error"]) => {
      if (this.#refs.get(download) !== ref) return;
      this.#refs.delete(download);
      this.#downloads.delete(ref);
      this.#tell({ type: "over", ref, progress, error });
    };
    download.done.then(
      () => end(),
      (cause) => end(errorMessageOf(cause)),
    );
    this.#downloads.set(ref, { download, following });
    return { ref, id, store };
  }

  /** Forgets all of them; they go on. */
  release(): void {
    for (const { following } of this.#downloads.values()) following.unsubscribe();
    this.#downloads.clear();
    this.#refs.clear();
  }
}
