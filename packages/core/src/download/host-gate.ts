import {
  BehaviorSubject,
  Observable,
  type Observer,
  type SchedulerLike,
  type Subscription,
  type Unsubscribable,
} from "rxjs";
import { TransportError } from "../errors/transport-error.ts";
import type { RateLimit, Waiting } from "../ports/download-progress.ts";
import type { TransportRequest, TransportResponse } from "../ports/transport.ts";
import { retryAfterMs } from "../response/retry-after.ts";
import { Passage, type PassageEvents, type PassageOptions } from "./passage.ts";
import { Roster } from "./roster.ts";
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
export class HostGate implements PassageEvents {
  readonly #rate: ServerRate;
  readonly #mostUnderWay: number;
  #underWay = 0;
  readonly #waiting$ = new BehaviorSubject<Waiting | undefined>(undefined);
  /** What there is to wait for, now and whenever it changes. */
  readonly waiting$: Observable<Waiting | undefined> = this.#waiting$.asObservable();

  readonly #scheduler: SchedulerLike;
  /** Those who wait, in their order. */
  readonly #queues: Readonly<Record<Priority, Roster<Passage>>> = { interactive: new Roster(), bulk: new Roster() };
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
    return new Observable((subscriber) => this.letThrough({ send, priority, lanes }, subscriber));
  }

  /** The same for one observer, without an observable in between, which a download would need for every tile. */
  letThrough(options: PassageOptions, observer: Observer<TransportResponse>): Unsubscribable {
    const passage = new Passage(this, options, observer);
    if (options.priority === "interactive") this.#viewers += 1;
    this.#queues[options.priority].add(passage);
    this.#drain();
    return passage;
  }

  leave(passage: Passage): void {
    if (passage.priority === "interactive") this.#viewers -= 1;
    if (passage.isProbe) this.#isProbing = false;
    if (passage.sentAt === undefined) this.#queues[passage.priority].remove(passage);
    else this.#underWay -= 1;
    this.#drain();
  }

  /** Lets out whoever may go, and looks again when the next one may. */
  #drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#timer?.unsubscribe();
    while (this.#letOneOut());
    this.#isDraining = false;
  }

  /** Lets out whose turn it is. False if nobody may go now: then it looks again when somebody may. */
  #letOneOut(): boolean {
    const { interactive, bulk } = this.#queues;
    const now = this.#scheduler.now();
    if (interactive.size + bulk.size === 0) return false;
    // One that comes back makes it look again.
    if (this.#underWay >= this.#mostUnderWay) return false;
    if (this.isOffline && this.#isProbing) return false;
    const openAt = Math.max(this.#closedUntil, this.isOffline ? this.#probeAt : 0);
    if (openAt > now) return this.#lookAgainAt(openAt, now);
    this.#tell();

    // Chosen now and not before: who hears that the gate is open may have come, or have left.
    const viewer = interactive.first;
    if (viewer !== undefined) {
      // Who waits to see a tile takes a token as all do, but does not wait for it.
      this.#rate.take(now);
      return this.#letOut(viewer);
    }
    const { first } = bulk;
    if (first === undefined || this.#viewers > 0) return false;
    this.#slot ??= now + this.#rate.take(now);
    if (this.#slot > now) return this.#lookAgainAt(this.#slot, now);
    this.#slot = undefined;
    return this.#letOut(first);
  }

  #letOut(passage: Passage): true {
    this.#queues[passage.priority].remove(passage);
    this.#underWay += 1;
    passage.sentAt = this.#scheduler.now();
    passage.isProbe = this.isOffline;
    if (passage.isProbe) this.#isProbing = true;
    passage.goOut();
    return true;
  }

  #lookAgainAt(time: number, now: number): false {
    this.#timer = this.#scheduler.schedule(() => this.#drain(), Math.min(time - now, LONGEST_TIMER_MS));
    return false;
  }

  answered({ sentAt }: Passage, { status, headers }: TransportResponse): void {
    this.#failuresInRow = 0;
    this.#probeDelayMs = 0;
    if (status === 429 || status === 503) {
      const now = this.#scheduler.now();
      this.#rate.refused(sentAt ?? now, now);
      this.#closedUntil = Math.max(this.#closedUntil, now + (retryAfterMs(headers, now) ?? 0));
    }
    this.#tell();
    this.#drain();
  }

  failed({ lanes, isProbe }: Passage, error: unknown): void {
    if (!isUnreached(error, isProbe)) return;
    this.#failuresInRow += 1;
    this.#lastProblem = error.message;
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

/** Whether a request has found no server. Of one that goes to see whether it is back, silence says as much. */
function isUnreached(error: unknown, isProbe: boolean): error is TransportError {
  if (!TransportError.isInstance(error)) return false;
  return error.kind === "connect" || (isProbe && (error.kind === "timeout" || error.kind === "interrupted"));
}
