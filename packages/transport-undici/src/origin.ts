import { Connections } from "./connections.ts";
import type { Exchange } from "./exchange.ts";
import type { Settings } from "./settings.ts";
import { WaitingLine } from "./waiting-line.ts";

/**
 * A server, and the requests that wait for it. They wait here, where those that somebody looks forward to can pass the
 * others, and not within undici, which knows one line only. Nothing here needs a timer.
 */
export class Origin {
  readonly #interactive = new WaitingLine<Exchange>();
  readonly #bulk = new WaitingLine<Exchange>();
  readonly #connections: Connections;
  #isSending = false;

  constructor(origin: string, settings: Settings) {
    this.#connections = new Connections(origin, settings, {
      onRoom: () => this.#sendWaiting(),
      onUnreachable: (error) => this.#failWaiting(error),
    });
  }

  get isIdle(): boolean {
    return this.#connections.isIdle && this.#interactive.isEmpty && this.#bulk.isEmpty;
  }

  send(exchange: Exchange, priority: "interactive" | "bulk"): void {
    exchange.place = (priority === "interactive" ? this.#interactive : this.#bulk).join(exchange);
    this.#sendWaiting();
  }

  /** Aborts it, whether it waits or is under way. */
  abort(exchange: Exchange): void {
    if (exchange.isOver) return;
    exchange.place?.leave();
    exchange.abort();
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  #sendWaiting(): void {
    // A request that ends within `sendBy`, such as one with a header that cannot be, would come back here.
    if (this.#isSending) return;
    this.#isSending = true;
    while (!this.#interactive.isEmpty || !this.#bulk.isEmpty) {
      const connection = this.#connections.pick();
      if (connection === undefined) break;
      const exchange = this.#interactive.next() ?? this.#bulk.next();
      if (exchange === undefined) break;
      connection.underWay += 1;
      const hasRoom = exchange.sendBy(connection.dispatcher, connection.onFree);
      connection.isFull = !hasRoom && connection.underWay > 0;
    }
    this.#isSending = false;
  }

  #failWaiting(error: Error): void {
    // Only those who wait now: who comes back at once gets another try.
    const waiting: Exchange[] = [];
    for (const line of [this.#interactive, this.#bulk]) {
      for (let one = line.next(); one !== undefined; one = line.next()) waiting.push(one);
    }
    for (const exchange of waiting) exchange.fail(error);
  }
}
