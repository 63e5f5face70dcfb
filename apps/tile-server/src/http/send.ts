import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";

/** How much of an answer the client could be given. */
export interface Delivery {
  readonly isComplete: boolean;
  /** Of the body, as far as they were handed over to the system. */
  readonly bytes: number;
}

/** Handed over at once; most tiles have less. What is said of a client that leaves in mid-body is right to so much. */
const PART_BYTES = 64 * 1024;
/** Drips a second: few enough to be seen as such. */
const DRIPS_PER_SECOND = 20;

/** Sends an answer, and settles when it is complete or the client has left. */
export async function send(exchange: Exchange, answer: Answer): Promise<Delivery> {
  return sendParts(exchange, answer, PART_BYTES, () => undefined);
}

/** Sends the body a little at a time. */
export async function sendSlowly(exchange: Exchange, answer: Answer, bytesPerSecond: number): Promise<Delivery> {
  const dripBytes = Math.max(1, Math.round(bytesPerSecond / DRIPS_PER_SECOND));
  const pauseMs = (dripBytes / bytesPerSecond) * 1000;
  return sendParts(exchange, answer, dripBytes, () =>
    wait(pauseMs, undefined, { signal: exchange.closed }).catch(() => {}),
  );
}

/** Sends the first half of the body, and leaves it at that. */
export async function sendHalf(exchange: Exchange, { status, headers, body }: Answer): Promise<Delivery> {
  const half = body.subarray(0, body.length >> 1);
  exchange.begin(status, headers);
  const isComplete = await exchange.write(half);
  exchange.cut();
  return { isComplete, bytes: isComplete ? half.length : 0 };
}

async function sendParts(
  exchange: Exchange,
  { status, headers, body }: Answer,
  partBytes: number,
  pause: () => Promise<void> | undefined,
): Promise<Delivery> {
  const length = exchange.method === "HEAD" ? 0 : body.length;
  exchange.begin(status, headers);
  let bytes = 0;
  while (length - bytes > partBytes) {
    if (!(await exchange.write(body.subarray(bytes, bytes + partBytes)))) return { isComplete: false, bytes };
    bytes += partBytes;
    await pause();
  }
  const isComplete = await exchange.end(bytes < length ? body.subarray(bytes, length) : undefined);
  return { isComplete, bytes: isComplete ? length : bytes };
}
