import { type Observable, Subject } from "rxjs";
import { DownloadExistsError } from "../errors/download-exists-error.ts";
import { DuplicateDownloadError } from "../errors/duplicate-download-error.ts";
import { RootClosedError } from "../errors/root-closed-error.ts";
import type { Download } from "../ports/download.ts";
import type { DownloadState } from "../ports/download-progress.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";
import { isSameRegion } from "./is-same-region.ts";

interface Entry {
  readonly download: Download;
  readonly region: DownloadableRegion;
  readonly state: () => DownloadState;
}

/** The downloads that a root runs, until they are over. */
export class Running {
  readonly #entries = new Map<string, Entry>();
  readonly #closed = new Subject<never>();
  readonly closed$: Observable<never> = this.#closed.asObservable();
  #isClosed = false;

  /** @throws RootClosedError */
  assertOpen(): void {
    if (this.#isClosed) throw new RootClosedError();
  }

  /** @throws DownloadExistsError if there is one of this id. */
  assertNew(id: string): void {
    if (this.#entries.has(id)) throw new DownloadExistsError(id);
  }

  /** @throws DuplicateDownloadError if the region is being downloaded into the store. */
  assertNoDuplicate(store: string, region: DownloadableRegion): void {
    for (const { download, region: other } of this.#entries.values()) {
      if (download.store === store && isSameRegion(other, region)) throw new DuplicateDownloadError(download.id, store);
    }
  }

  add(download: Download, region: DownloadableRegion): Download {
    let state: DownloadState = "running";
    const entry = { download, region, state: () => state };
    this.#entries.set(download.id, entry);
    const forget = () => {
      if (this.#entries.get(download.id) === entry) this.#entries.delete(download.id);
    };
    download.progress$.subscribe({
      next: (progress) => {
        state = progress.state;
      },
      error: forget,
      complete: forget,
    });
    return download;
  }

  get(id: string): Download | undefined {
    return this.#entries.get(id)?.download;
  }

  stateOf(id: string): DownloadState | undefined {
    return this.#entries.get(id)?.state();
  }

  list(): readonly Download[] {
    return [...this.#entries.values()].map(({ download }) => download);
  }

  /** Pauses all, and ends those who wait to be resumed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    // One that fails instead says so itself.
    await Promise.all(this.list().map((download) => download.pause().catch(() => {})));
    this.#closed.error(new RootClosedError());
  }
}
