/**
 * What a root travels over: a `MessagePort`, a `Worker` or, inside one, its `self` or Node's `parentPort`. It stays the
 * caller's: it is listened to, and never closed.
 */
export type RemotePort = EventTargetPort | EmitterPort;

// These are methods, as only then do the overloads of real ports fit.

/** As in browsers: messages come as the `data` of events. */
interface EventTargetPort {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: (event: unknown) => void): void;
  removeEventListener(type: string, listener: (event: unknown) => void): void;
  start?(): void;
}

/** As in Node: messages come as they are. */
interface EmitterPort {
  postMessage(message: unknown): void;
  on(type: string, listener: (value: unknown) => void): unknown;
  off(type: string, listener: (value: unknown) => void): unknown;
}

export interface PortListener {
  readonly message: (data: unknown) => void;
  /** Nothing will come any more, as far as the port tells. `problem` continues a sentence: "was closed." */
  readonly gone: (problem: string, cause?: unknown) => void;
  /** Something has failed over there. It may live on, or never have come to life. */
  readonly trouble?: (() => void) | undefined;
}

/** Listens to a port until the function that is returned is called. */
export function listenTo(port: RemotePort, { message, gone, trouble = () => {} }: PortListener): () => void {
  const unread = () => gone("has broken, as a message could not be read.");
  if ("on" in port) {
    // A port of Node has both ways; this one keeps the process alive just as long as somebody listens.
    const listeners: readonly (readonly [string, (value: unknown) => void])[] = [
      ["message", message],
      ["messageerror", unread],
      ["error", (cause) => gone("is lost, as the worker has failed.", cause)],
      ["exit", () => gone("is lost, as the worker has ended.")],
      ["close", () => gone("was closed.")],
    ];
    for (const [type, listener] of listeners) port.on(type, listener);
    return () => {
      for (const [type, listener] of listeners) port.off(type, listener);
    };
  }
  // Browsers do not all tell of a port that was closed, and none of a worker that was terminated.
  const listeners: readonly (readonly [string, (event: unknown) => void])[] = [
    ["message", (event) => message(dataOf(event))],
    ["messageerror", unread],
    ["error", trouble],
    ["close", () => gone("was closed.")],
  ];
  for (const [type, listener] of listeners) port.addEventListener(type, listener);
  port.start?.();
  return () => {
    for (const [type, listener] of listeners) port.removeEventListener(type, listener);
  };
}

function dataOf(event: unknown): unknown {
  return typeof event === "object" && event !== null && "data" in event ? event.data : undefined;
}
