import { buildConnector, Client, type Dispatcher } from "undici";
import type { Settings } from "./settings.ts";

/** How many requests one HTTP/2 connection takes, if the server does not want fewer. */
const STREAMS = 100;

export interface Connection {
  readonly dispatcher: Pick<Dispatcher, "dispatch">;
  underWay: number;
  /** It has asked not to be given more for now. */
  isFull: boolean;
  /** To be called when a request on it has ended. */
  readonly onFree: (error?: unknown) => void;
  /** Ends it, unless it is not ours. */
  readonly end: () => Promise<void>;
}

export interface ConnectionsEvents {
  /** There is more room than before. */
  readonly onRoom: () => void;
  /** The connection that all wait for could not be made. Told before the request that was to be sent on it hears. */
  readonly onUnreachable: (error: Error) => void;
}

/**
 * The connections to one origin: never more than there are requests under way, which undici's own pool would have. It
 * takes a connection for busy until the event that ends its request is over, and opens another for what is asked in it.
 *
 * What a server speaks is known when the first connection is made. Until then others wait, so that a server which
 * speaks HTTP/2 is not given a connection for each request.
 */
export class Connections {
  readonly #origin: string;
  readonly #settings: Settings;
  readonly #events: ConnectionsEvents;
  readonly #connect: buildConnector.connector;
  /** Those that have a client of ours, and what the user gave. */
  #all: Connection[] = [];
  /** The last whose request has ended: with many connections, to look for one that is idle takes its time. */
  #freed: Connection | undefined;
  #protocol: "unknown" | "h1" | "h2" | "given";

  constructor(origin: string, settings: Settings, events: ConnectionsEvents) {
    const { allowH2, connectTimeoutMs, dispatcher, tls } = settings;
    this.#origin = origin;
    this.#settings = settings;
    this.#events = events;
    this.#connect = buildConnector({ ...tls, allowH2, preferH2: allowH2, timeout: connectTimeoutMs });
    this.#protocol = allowH2 && origin.startsWith("https:") ? "unknown" : "h1";
    if (dispatcher !== undefined) {
      this.#protocol = "given";
      this.#add(dispatcher, async () => {});
    }
  }

  /** Whether nothing is lost when these are forgotten. */
  get isIdle(): boolean {
    return this.#all.every(({ underWay }) => this.#protocol === "given" && underWay === 0);
  }

  /** The one to use for a request, if there is room for one. */
  pick(): Connection | undefined {
    if (this.#freed?.underWay === 0) return this.#freed;
    const { most, room } = this.#limits();
    let best: Connection | undefined;
    for (const connection of this.#all) {
      if (connection.underWay === 0) return connection;
      if (connection.isFull || connection.underWay >= room) continue;
      if (best === undefined || connection.underWay < best.underWay) best = connection;
    }
    return this.#all.length < most ? this.#open() : best;
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map(({ end }) => end()));
  }

  /** How many connections, and how many requests on each. */
  #limits(): { readonly most: number; readonly room: number } {
    const { connections, pipelining } = this.#settings;
    if (this.#protocol === "h1") return { most: connections, room: pipelining };
    if (this.#protocol === "h2") return { most: 1, room: STREAMS };
    return { most: 1, room: this.#protocol === "given" ? connections * pipelining : 1 };
  }

  #open(): Connection {
    const client = new Client(this.#origin, {
      connect: (options, callback) => this.#connect(options, (...result) => this.#connected(result, callback)),
      pipelining: this.#settings.pipelining,
    });
    const connection = this.#add(client, () => client.destroy());
    // Later, when a request that fails by it has freed the connection, and perhaps another has taken it.
    const onLost = () => queueMicrotask(() => connection.underWay === 0 && this.#forget(connection));
    client.on("disconnect", onLost).on("connectionError", onLost);
    client.on("drain", () => {
      connection.isFull = false;
      this.#events.onRoom();
    });
    return connection;
  }

  #add(dispatcher: Connection["dispatcher"], end: () => Promise<void>): Connection {
    const onFree = (error?: unknown) => {
      connection.underWay -= 1;
      connection.isFull = false;
      if (isDeadSession(error)) this.#forget(connection);
      else if (this.#all.includes(connection)) this.#freed = connection;
      this.#events.onRoom();
    };
    const connection: Connection = { dispatcher, underWay: 0, isFull: false, onFree, end };
    this.#all.push(connection);
    return connection;
  }

  #forget(connection: Connection): void {
    if (this.#protocol === "given") return;
    this.#all = this.#all.filter((other) => other !== connection);
    if (this.#freed === connection) this.#freed = undefined;
    connection.end();
  }

  #connected(result: Parameters<buildConnector.Callback>, callback: buildConnector.Callback): void {
    const [error, socket] = result;
    if (socket) {
      this.#protocol = "alpnProtocol" in socket && socket.alpnProtocol === "h2" ? "h2" : "h1";
      callback(null, socket);
      this.#events.onRoom();
    } else {
      const failure = error ?? new Error("There is no socket.");
      if (this.#protocol === "unknown") this.#events.onUnreachable(failure);
      callback(failure, null);
    }
  }
}

/** undici goes on giving requests to an HTTP/2 session that is lost, until its socket has closed. */
function isDeadSession(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === "ERR_HTTP2_INVALID_SESSION";
}
