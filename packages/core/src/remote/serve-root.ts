import { asyncScheduler, type SchedulerLike } from "rxjs";
import type { Root } from "../root/root.ts";
import { errorMessageOf } from "./error-message.ts";
import { type Envelope, type FarMessage, type NearMessage, PROTOCOL_VERSION } from "./protocol.ts";
import { readEnvelope, readNearMessage } from "./read-envelope.ts";
import { listenTo, type RemotePort } from "./remote-port.ts";
import { Session } from "./session.ts";

/** What there is to choose about serving. */
export interface ServeOptions {
  /** The clock. Default: the system's. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** A root that is served over a port. */
export interface ServedRoot {
  /** Serves it no longer: who is connected is told so. The root and its downloads go on, and the port stays open. */
  readonly stop: () => void;
}

/**
 * Lets the other end of a port use a root, with `connectRoot`. Given the promise that `openRoot` returns, it listens from
 * the beginning, and an error that keeps the root from opening arrives at the other end.
 *
 * A port has one connection at a time: who connects anew takes the place of the former. A root may be served over many ports.
 * When the connection ends, everything that was kept for it is let go, and downloads go on. Of a near side that is gone without
 * a goodbye, over a port that does not tell, a bounded rest is kept until somebody connects over that port or `stop` is called.
 *
 * @example
 * // in a Web Worker
 * serveRoot(openRoot({ store: await openIdbStore("tiles"), transport: fetchTransport(self), sources: [topo] }), self);
 */
export function serveRoot(
  root: Root | PromiseLike<Root>,
  port: RemotePort,
  { scheduler = asyncScheduler }: ServeOptions = {},
): ServedRoot {
  const opened = Promise.resolve(root);
  // Whoever connects is told.
  opened.catch(() => {});
  let current: { readonly id: string; readonly session: Promise<Session> } | undefined;

  const post = (session: string | undefined, messages: readonly FarMessage[]) =>
    port.postMessage({ fmtc: "root", session, messages } satisfies Envelope);

  const open = (id: string) => {
    const session = opened.then((root) => new Session(id, root, (messages) => post(id, messages), scheduler));
    current = { id, session };
    session.catch((error: unknown) => {
      if (current?.session === session) end({ error: errorMessageOf(error) });
    });
  };

  const end = (tell?: { readonly error?: ReturnType<typeof errorMessageOf> }) => {
    if (current === undefined) return;
    const { id, session } = current;
    current = undefined;
    session.then(
      (session) => session.end(),
      () => {},
    );
    if (tell !== undefined) post(id, [{ type: "bye", error: tell.error }]);
  };

  const greet = (id: string, version: number) => {
    if (version !== PROTOCOL_VERSION) {
      post(id, [{ type: "refused", version: PROTOCOL_VERSION }]);
      return;
    }
    if (current?.id !== id) {
      end({});
      open(id);
    }
    post(id, [{ type: "welcome", version: PROTOCOL_VERSION }]);
  };

  const receive = (id: string, messages: readonly NearMessage[]) => {
    const has = (...types: readonly NearMessage["type"][]) => messages.some(({ type }) => types.includes(type));
    for (const message of messages) if (message.type === "hello") greet(id, message.version);
    if (current?.id !== id) {
      // Its session is over here, and it does not know yet.
      if (has("call", "listen", "ping")) post(id, [{ type: "bye", error: undefined }]);
      return;
    }
    if (has("ping")) post(id, [{ type: "pong" }]);
    current.session.then(
      (session) => {
        for (const message of messages) session.receive(message);
      },
      () => {},
    );
    if (has("bye")) end();
  };

  const stop = listenTo(port, {
    message: (data) => {
      const { session, messages } = readEnvelope(data) ?? {};
      if (session === undefined || messages === undefined) return;
      receive(
        session,
        messages.map(readNearMessage).filter((message) => message !== undefined),
      );
    },
    gone: () => end(),
  });
  post(undefined, [{ type: "ready", version: PROTOCOL_VERSION }]);
  return {
    stop: () => {
      end({});
      stop();
    },
  };
}
