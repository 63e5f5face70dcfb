import { BehaviorSubject, Observable, type SchedulerLike, type Subscription, throwError } from "rxjs";
import { TransportError } from "../errors/transport-error.ts";
import type { RateLimit, Waiting } from "../ports/download-progress.ts";
import type { TransportRequest, TransportResponse } from "../ports/transport.ts";
import { retryAfterMs } from "../response/retry-after.ts";
import { ServerRate } from "./server-rate.ts";

/** What the policies of a host's sources allow. */
export interface HostLimits {
  readonly perSecond?: number | undefined;
  readonly connections?: number | undefined;
}

type Priority = NonNullable<TransportRequest["priority"]>;

const FIRST_PROBE_MS = 1_000;
const LAST_PROBE_MS = 30_000;
/** What platforms take for a timer: with more, they do not wait at all. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The one door to a host, for all downloads and maps of a root: what the host asks of one, all of them do.
 *
 * - 429 and 503 slow it down (`ServerRate`), and `Retry-After` closes it for as long as it says.
 * - When one request after another finds no server it closes too, and one at a time goes out to see whether it is back.
 * - While somebody waits to see a tile, bulk requests wait inside.
 * - It lets out no more than its policy allows, a second and at a time.
 */
export class HostGate {
  readonly #rate: ServerRate;
  readonly #mostUnderWay: number;
  #underWay = 0;
  readonly #waiting$ = new BehaviorSubject<Waiting | undefined>(undefined);
  /** What there is to wait for, now and whenever it changes. */
  readonly waiting$: Observable<Waiting | undefined> = this.#waiting$.asObservable();

  readonly #scheduler: SchedulerLike;
  /** Those who wait, in their order: each lets one request out. */
  readonly #queues: Readonly<Record<Priority, Set<() => void>>> = { interactive: new Set(), bulk: new Set() };
  #viewers = 0;
  /** When the first of the bulk queue may go by the server's rate. */
  #slot: number | undefined;
  #timer: Subscription | undefined;
  #isDraining = false;

  #closedUntil = 0;
  #failuresInRow = 0;
  #lastProblem = "";
  /** 0 while the server is thought to be there. */
  #probeDelayMs = 0;
  #probeAt = 0;
  #isProbing = false;

  constructor(scheduler: SchedulerLike, { perSecond, connections = Infinity }: HostLimits = {}) {
    this.#scheduler = scheduler;
    this.#rate = new ServerRate(perSecond);
    this.#mostUnderWay = connections;
  }

  get waiting(): Waiting | undefined {
    return this.#waiting$.value;
  }

  /** The rate that bulk requests are held to. */
  get limit(): RateLimit | undefined {
    const { perSecond, isRefused } = this.#rate;
    return perSecond === undefined ? undefined : { perSecond, by: isRefused ? "server" : "policy" };
  }

  get isOffline(): boolean {
    return this.#probeDelayMs > 0;
  }

  /**
   * What `send` returns, which is called once the gate lets the request out. As many failures to connect in a row as there are
   * `lanes` mean offline.
   */
  through(send: () => Observable<TransportResponse>, priority: Priority, lanes: number): Observable<TransportResponse> {
    return new Observable((subscriber) => {
      const queue = this.#queues[priority];
      if (priority === "interactive") this.#viewers += 1;
      let isProbe = false;
      let isOut = false;

      const goOut = () => {
        isOut = true;
        this.#underWay += 1;
        isProbe = this.isOffline;
        if (isProbe) this.#isProbing = true;
        const sentAt = this.#scheduler.now();
        const request = sent(send).subscribe({
          next: (response) => {
            this.#answered(response, sentAt);
            subscriber.next(response);
          },
          error: (error: unknown) => {
            if (isUnreached(error, isProbe)) this.#unreached(error, lanes, isProbe);
            subscriber.error(error);
          },
          complete: () => subscriber.complete(),
        });
        subscriber.add(request);
      };

      subscriber.add(() => {
        queue.delete(goOut);
        if (priority === "interactive") this.#viewers -= 1;
        if (isProbe) this.#isProbing = false;
        if (isOut) this.#underWay -= 1;
        this.#drain();
      });
      queue.add(goOut);
      this.#drain();
    });
  }

  /** Lets out whoever may go, and looks again when the next one may. */
  #drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#timer?.unsubscribe();
    for (let goOut = this.#next(); goOut !== undefined; goOut = this.#next()) goOut();
    this.#isDraining = false;
  }

  #next(): (() => void) | undefined {
    const { interactive, bulk } = this.#queues;
    if (interactive.size + bulk.size === 0 || (this.isOffline && this.#isProbing)) return undefined;
    if (this.#underWay >= this.#mostUnderWay) return undefined;
    const now = this.#scheduler.now();
    const openAt = Math.max(this.#closedUntil, this.isOffline ? this.#probeAt : 0);
    if (openAt > now) return this.#lookAgainAt(openAt, now);
    this.#tell();

    const [viewer] = interactive;
    if (viewer !== undefined) {
      // Who waits to see a tile takes a token as all do, but does not wait for it.
      this.#rate.take(now);
      interactive.delete(viewer);
      return viewer;
    }
    if (this.#viewers > 0) return undefined;
    this.#slot ??= now + this.#rate.take(now);
    if (this.#slot > now) return this.#lookAgainAt(this.#slot, now);
    this.#slot = undefined;
    const [first] = bulk;
    if (first !== undefined) bulk.delete(first);
    return first;
  }

  #lookAgainAt(time: number, now: number): undefined {
    this.#timer = this.#scheduler.schedule(() => this.#drain(), Math.min(time - now, LONGEST_TIMER_MS));
  }

  #answered({ status, headers }: TransportResponse, sentAt: number): void {
    const now = this.#scheduler.now();
    this.#failuresInRow = 0;
    this.#probeDelayMs = 0;
    if (status === 429 || status === 503) {
      this.#rate.refused(sentAt, now);
      this.#closedUntil = Math.max(this.#closedUntil, now + (retryAfterMs(headers, now) ?? 0));
    }
    this.#tell();
    this.#drain();
  }

  #unreached({ message }: TransportError, lanes: number, isProbe: boolean): void {
    this.#failuresInRow += 1;
    this.#lastProblem = message;
    // Those that were on their way when it was found to be offline tell nothing new.
    if (this.isOffline && !isProbe) return;
    const { interactive, bulk } = this.#queues;
    // Where there are fewer requests than lanes, they cannot fail in such a number.
    if (this.#failuresInRow < Math.min(lanes, this.#underWay + interactive.size + bulk.size)) return;
    this.#probeDelayMs = Math.min(LAST_PROBE_MS, this.isOffline ? this.#probeDelayMs * 2 : FIRST_PROBE_MS);
    this.#probeAt = this.#scheduler.now() + this.#probeDelayMs;
    this.#tell();
  }

  #tell(): void {
    const waiting = this.#whatFor();
    const { value } = this.#waiting$;
    if (value?.reason !== waiting?.reason || value?.until !== waiting?.until) this.#waiting$.next(waiting);
  }

  #whatFor(): Waiting | undefined {
    if (this.isOffline) return { reason: "offline", until: this.#probeAt, detail: this.#lastProblem };
    if (this.#closedUntil > this.#scheduler.now()) return { reason: "asked-to", until: this.#closedUntil };
    return undefined;
  }
}

/** What cannot even be sent is a failure of its request alone. */
function sent(send: () => Observable<TransportResponse>): Observable<TransportResponse> {
  try {
    return send();
  } catch (error) {
    return throwError(() => error);
  }
}

/** Whether a request has found no server. Of one that goes to see whether it is back, silence says as much. */
function isUnreached(error: unknown, isProbe: boolean): error is TransportError {
  if (!TransportError.isInstance(error)) return false;
  return error.kind === "connect" || (isProbe && (error.kind === "timeout" || error.kind === "interrupted"));
}
