import { defer, type Observable, type SchedulerLike, Subject, Subscription } from "rxjs";
import { describe } from "../errors/describe.ts";
import type { Root } from "../root/root.ts";
import { errorMessageOf } from "./error-message.ts";
import { Outbox } from "./outbox.ts";
import type { FarMessage, NearMessage } from "./protocol.ts";
import { servedCalls } from "./served-calls.ts";
import { ServedDownloads } from "./served-downloads.ts";
import { servedStreams } from "./served-streams.ts";

interface Listening {
  readonly taken$: Subject<void>;
  readonly subscription: Subscription;
}

/** What one near side has to do with a root, from its hello to its bye. */
export class Session {
  readonly id: string;
  readonly #outbox: Outbox<FarMessage>;
  readonly #downloads: ServedDownloads;
  readonly #calls: ReadonlyMap<string, unknown>;
  readonly #streams: ReadonlyMap<string, unknown>;
  readonly #listening = new Map<number, Listening>();
  #isOver = false;

  constructor(id: string, root: Root, post: (messages: readonly FarMessage[]) => void, scheduler: SchedulerLike) {
    this.id = id;
    this.#outbox = new Outbox(post, {
      refused: (message, error) => {
        if ("id" in message) this.#tell({ type: "failure", id: message.id, error: errorMessageOf(error) });
      },
    });
    this.#downloads = new ServedDownloads((message) => this.#tell(message));
    // Maps, so that a name reaches what is listed and nothing else.
    this.#calls = new Map(Object.entries(servedCalls(root, this.#downloads)));
    this.#streams = new Map(Object.entries(servedStreams(root, this.#downloads, scheduler)));
  }

  receive(message: NearMessage): void {
    if (this.#isOver) return;
    switch (message.type) {
      case "call":
        this.#call(message.id, message.name, message.args);
        break;
      case "listen":
        this.#listen(message.id, message.name, message.args);
        break;
      case "taken":
        this.#listening.get(message.id)?.taken$.next();
        break;
      case "leave":
        this.#leave(message.id);
        break;
      default:
    }
  }

  async #call(id: number, name: string, args: readonly unknown[]): Promise<void> {
    try {
      const call = this.#calls.get(name);
      if (typeof call !== "function") throw new Error(`There is no ${describe(name)} to call.`);
      // Until here nothing has waited: what comes in one envelope is begun at one stroke.
      this.#tell({ type: "result", id, value: await Reflect.apply(call, undefined, args) });
    } catch (error) {
      this.#tell({ type: "failure", id, error: errorMessageOf(error) });
    }
  }

  #listen(id: number, name: string, args: readonly unknown[]): void {
    this.#leave(id);
    const stream = this.#streams.get(name);
    const taken$ = new Subject<void>();
    const values$ = defer((): Observable<unknown> => {
      if (typeof stream !== "function") throw new Error(`There is no ${describe(name)} to listen to.`);
      return Reflect.apply(stream, undefined, [taken$, ...args]);
    });
    const subscription = new Subscription();
    this.#listening.set(id, { taken$, subscription });
    subscription.add(
      values$.subscribe({
        next: (value) => this.#tell({ type: "next", id, value }),
        error: (error) => {
          this.#listening.delete(id);
          this.#tell({ type: "failure", id, error: errorMessageOf(error) });
        },
        complete: () => {
          this.#listening.delete(id);
          this.#tell({ type: "complete", id });
        },
      }),
    );
  }

  #leave(id: number): void {
    this.#listening.get(id)?.subscription.unsubscribe();
    this.#listening.delete(id);
  }

  #tell(message: FarMessage): void {
    if (!this.#isOver) this.#outbox.add(message);
  }

  /** Lets go of everything. Downloads go on. */
  end(): void {
    this.#isOver = true;
    for (const id of [...this.#listening.keys()]) this.#leave(id);
    this.#downloads.release();
  }
}
