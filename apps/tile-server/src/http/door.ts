import { Turns } from "../turns.ts";
import type { OpenServer } from "./open-server.ts";

/** Whether the map's port is open. Nobody listens at one that is shut: connections are refused, open ones destroyed. */
export class Door {
  readonly #server: OpenServer;
  #isOffline = false;
  #isClosed = false;
  #outage: NodeJS.Timeout | undefined;
  #isListening = true;
  readonly #turns = new Turns();

  constructor(server: OpenServer) {
    this.#server = server;
  }

  /** As it is going to be; listening and ceasing to take a moment. */
  get isShut(): boolean {
    return this.#isOffline || this.#isClosed || this.#outage !== undefined;
  }

  /**
   * Shut until told otherwise. Settles when it is so; rejects when another program has taken the port meanwhile, and what
   * was wanted before still is, so that the end of an outage does not open it.
   */
  async setOffline(isOffline: boolean): Promise<void> {
    const before = this.#isOffline;
    this.#isOffline = isOffline;
    try {
      await this.#follow();
    } catch (error) {
      this.#isOffline = before;
      throw error;
    }
  }

  /** Shut for a while. A new outage takes the place of the one before. */
  refuseFor(durationMs: number): Promise<void> {
    clearTimeout(this.#outage);
    this.#outage = setTimeout(() => {
      this.endOutage().catch((error) => console.error("The outage is over, and the port cannot be opened:", error));
    }, durationMs);
    return this.#follow();
  }

  endOutage(): Promise<void> {
    clearTimeout(this.#outage);
    this.#outage = undefined;
    return this.#follow();
  }

  /** Shut for good. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.endOutage();
  }

  /** One thing after the other, so that the last word counts. */
  #follow(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#isListening !== this.isShut) return;
      if (this.isShut) await this.#server.shut();
      else await this.#server.reopen();
      this.#isListening = !this.isShut;
    });
  }
}
