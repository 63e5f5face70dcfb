import { BehaviorSubject, filter, firstValueFrom, merge, mergeMap, type Observable, Subject, throwError } from "rxjs";
import type { Download } from "../ports/download.ts";
import { isFinal, type Reporter } from "./reporter.ts";

type Wish = "run" | "pause" | "cancel";

export interface ControlOptions {
  readonly reporter: Reporter;
  /** Keeps from going out what has not gone out yet. */
  readonly stop: () => void;
  /** Tells that it runs again. */
  readonly enterRun: () => void;
  /** How the download ends. */
  readonly done: () => Promise<unknown>;
}

/** At rest nothing is under way, and somebody else may go on with the download. `ending`: it is being taken up again. */
type Rest = "no" | "yes" | "ending";

/**
 * What the user wishes of a download: the last wish counts, but for a cancel, which is final. The engine sees to it, and says here
 * how far it is: whoever wished for something waits until it is so, somebody has wished otherwise, or the download is over.
 */
export class Control implements Pick<Download, "pause" | "resume" | "cancel"> {
  readonly #options: ControlOptions;
  readonly #wish$ = new BehaviorSubject<Wish>("run");
  readonly wish$: Observable<Wish> = this.#wish$.asObservable();
  readonly #rest$ = new BehaviorSubject<Rest>("no");
  readonly #refusals$ = new Subject<unknown>();

  constructor(options: ControlOptions) {
    this.#options = options;
  }

  get wish(): Wish {
    return this.#wish$.value;
  }

  get isAtRest(): boolean {
    return this.#rest$.value === "yes";
  }

  readonly pause = async (): Promise<void> => {
    const { reporter, stop } = this.#options;
    if (isFinal(reporter.state)) return;
    if (this.wish === "run") {
      if (!this.isAtRest) reporter.enter("pausing");
      this.#wish$.next("pause");
      stop();
    }
    await this.#unlessOver(merge(this.#restIs("yes"), this.#wishIsNot("pause")));
  };

  readonly resume = async (): Promise<void> => {
    const { reporter, enterRun } = this.#options;
    if (isFinal(reporter.state) || this.wish !== "pause") return;
    // Before it is at rest it still has all that it needs.
    if (this.#rest$.value === "no") enterRun();
    this.#wish$.next("run");
    const isRefused$ = this.#refusals$.pipe(mergeMap((error) => throwError(() => error)));
    await this.#unlessOver(merge(isRefused$, this.#restIs("no"), this.#wishIsNot("run")));
  };

  readonly cancel = async (): Promise<void> => {
    const { reporter, stop, done } = this.#options;
    if (isFinal(reporter.state)) return;
    if (this.wish !== "cancel") {
      reporter.enter("cancelling");
      this.#wish$.next("cancel");
      stop();
    }
    await done();
  };

  /** Nothing is under way any more, and all is written. */
  rested(): void {
    this.#rest$.next("yes");
  }

  /** Waits at rest until the wish is to run or to cancel. Rejects when `closed$` errors: then it will never be. */
  async otherWish(closed$: Observable<never>): Promise<void> {
    await firstValueFrom(merge(this.#wishIsNot("pause"), closed$));
  }

  /** It is about to be taken up: who pauses it from now on waits until it is at rest again. */
  takingUp(): void {
    this.#rest$.next("ending");
  }

  /** The download is the engine's again. */
  takenUp(): void {
    this.#rest$.next("no");
  }

  /** Somebody else has the download at the moment, so it stays at rest. */
  refused(error: unknown): void {
    // Before the wish changes, which ends the waiting of whoever wished it.
    this.#refusals$.next(error);
    if (this.wish === "run") this.#wish$.next("pause");
    this.#rest$.next("yes");
  }

  #restIs(rest: Rest): Observable<unknown> {
    return this.#rest$.pipe(filter((is) => is === rest));
  }

  #wishIsNot(wish: Wish): Observable<unknown> {
    return this.#wish$.pipe(filter((is) => is !== wish));
  }

  /** Resolves when something happens or the download is over; rejects if it fails first. */
  async #unlessOver(happens$: Observable<unknown>): Promise<void> {
    await Promise.race([firstValueFrom(happens$), this.#options.done()]);
  }
}
