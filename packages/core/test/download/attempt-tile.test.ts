import { TransportError, type TransportResponse } from "@fmtc/core";
import { NEVER, type Observable, Subject, throwError, VirtualTimeScheduler } from "rxjs";
import { expect, it } from "vitest";
import type { Stoppable } from "../../src/download/attempt-context.ts";
import { attemptTile } from "../../src/download/attempt-tile.ts";
import { HostGate } from "../../src/download/host-gate.ts";
import { Roster } from "../../src/download/roster.ts";
import { TokenBucket } from "../../src/download/token-bucket.ts";

const answer = (status: number): TransportResponse => ({ status, headers: {}, body: new Uint8Array() });

/** A tile that is asked for in virtual time: what is sent is one of these requests after the other. */
function asked(requests: readonly Observable<TransportResponse>[], bucket?: TokenBucket) {
  const scheduler = new VirtualTimeScheduler();
  scheduler.maxFrames = Infinity;
  const asking = new Roster<Stoppable>();
  const events: string[] = [];
  let sent = 0;
  const context = {
    transport: { request: () => requests[sent++] ?? NEVER, close: async () => {} },
    gate: new HostGate(scheduler),
    bucket,
    scheduler,
    chance: () => 0,
    urlOf: () => "http://tiles.example/0/0/0.png",
    headers: {},
    isSea: () => false,
    lanes: 2,
    attempts: 3,
    maxTileBytes: 1_000_000,
    isGoodEnough: () => false,
    minCacheMs: 0,
    asking,
  };
  const work = { index: 0, key: { source: "a", z: 0, x: 0, y: 0 }, attempts: 0 };
  const subscription = attemptTile(work, context, () => events.push("put back")).subscribe({
    next: ({ event }) => events.push(`${event.outcome} ${event.detail ?? ""}`.trim()),
    complete: () => events.push("end"),
  });
  const stop = () => {
    for (const each of asking.list()) each.stop();
  };
  return { scheduler, asking, events, subscription, stop, sent: () => sent };
}

it("hears nothing of an earlier request when it has asked again", () => {
  const first$ = new Subject<TransportResponse>();
  const { scheduler, events, sent } = asked([first$, NEVER]);
  first$.next(answer(500));
  scheduler.flush();
  first$.complete();
  scheduler.flush();
  expect({ events, sent: sent() }).toEqual({ events: ["retrying status 500"], sent: 2 });
});

it("stops at once where nothing is under way, and is put back", () => {
  const { scheduler, asking, events, stop, sent } = asked([throwError(() => new TransportError("timeout", "late"))]);
  expect(events).toEqual(["retrying timeout"]);
  stop();
  scheduler.flush();
  expect({ events, sent: sent(), asking: asking.size }).toEqual({
    events: ["retrying timeout", "put back", "end"],
    sent: 1,
    asking: 0,
  });
});

it("comes to its end where a request is under way, but does not ask again", () => {
  const first$ = new Subject<TransportResponse>();
  const { scheduler, events, stop, sent } = asked([first$]);
  stop();
  expect(events).toEqual([]);
  first$.next(answer(500));
  scheduler.flush();
  expect({ events, sent: sent() }).toEqual({ events: ["retrying status 500", "put back", "end"], sent: 1 });
});

it("gives back the token of a request that did not go out", () => {
  const bucket = new TokenBucket(1);
  bucket.take(0);
  const { stop, sent } = asked([], bucket);
  stop();
  expect({ sent: sent(), next: bucket.take(0) }).toEqual({ sent: 0, next: 1_000 });
});

it("does not give back the token of a request that went out, when it is stopped in the pause after it", () => {
  const bucket = new TokenBucket(1);
  const { events, stop, sent } = asked([throwError(() => new TransportError("timeout", "late"))], bucket);
  expect(events).toEqual(["retrying timeout"]);
  stop();
  expect({ sent: sent(), next: bucket.take(0) }).toEqual({ sent: 1, next: 1_000 });
});

it("aborts its request and leaves when nobody listens", () => {
  const first$ = new Subject<TransportResponse>();
  const { asking, subscription } = asked([first$]);
  expect({ isAsking: asking.size, isUnderWay: first$.observed }).toEqual({ isAsking: 1, isUnderWay: true });
  subscription.unsubscribe();
  expect({ isAsking: asking.size, isUnderWay: first$.observed }).toEqual({ isAsking: 0, isUnderWay: false });
});

it("leaves when it has its answer", () => {
  const first$ = new Subject<TransportResponse>();
  const { asking, events } = asked([first$]);
  first$.next(answer(404));
  expect({ events, isAsking: asking.size, isUnderWay: first$.observed }).toEqual({
    events: ["failed status 404", "end"],
    isAsking: 0,
    isUnderWay: false,
  });
});
