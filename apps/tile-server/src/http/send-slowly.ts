import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";

/** Drips a second: few enough to be seen as such. */
const DRIPS_PER_SECOND = 20;

/** Sends the body a little at a time, until the client has it or leaves. */
export async function sendSlowly(exchange: Exchange, answer: Answer, bytesPerSecond: number): Promise<void> {
  const { status, headers, body } = answer;
  const dripBytes = Math.max(1, Math.round(bytesPerSecond / DRIPS_PER_SECOND));
  const pauseMs = (dripBytes / bytesPerSecond) * 1000;
  exchange.begin(status, headers);
  for (let sent = 0; sent < body.length && exchange.method !== "HEAD"; sent += dripBytes) {
    if (sent > 0) await wait(pauseMs, undefined, { signal: exchange.closed }).catch(() => {});
    if (exchange.closed.aborted) return;
    await exchange.write(body.subarray(sent, sent + dripBytes));
  }
  exchange.end();
}

/** Sends the first half of the body, and leaves it at that. */
export async function sendHalf(exchange: Exchange, { status, headers, body }: Answer): Promise<void> {
  exchange.begin(status, headers);
  await exchange.write(body.subarray(0, body.length >> 1));
  exchange.cut();
}
