import { TransportError, type TransportResponse } from "@fmtc/core";
import { delay, firstValueFrom, Observable, of, Subject, throwError, VirtualTimeScheduler } from "rxjs";
import { describe, expect, it } from "vitest";
import { HostGate, type HostLimits } from "../../src/download/host-gate.ts";
import type { Waiting } from "../../src/ports/download-progress.ts";

const response = (status: number, headers: Record<string, string> = {}): TransportResponse => ({
  status,
  headers,
  body: new Uint8Array(),
});
const fine$ = of(response(200));
const unreachable$ = throwError(() => new TransportError("connect", "The server could not be reached."));

/** A gate in virtual time, and the times at which requests went out. */
function gateAt(limits: HostLimits = {}) {
  const scheduler = new VirtualTimeScheduler();
  const gate = new HostGate(scheduler, limits);
  const sentAt: number[] = [];
  const waits: (Waiting | undefined)[] = [];
  gate.waiting$.subscribe((waiting) => waits.push(waiting));
  const send = (request$: Observable<TransportResponse>, priority: "bulk" | "interactive" = "bulk", lanes = 1) => {
    const noted$ = new Observable<TransportResponse>((subscriber) => {
      sentAt.push(scheduler.now());
      return request$.subscribe(subscriber);
    });
    return gate.through(() => noted$, priority, lanes).subscribe({ error: () => {} });
  };
  return { scheduler, gate, sentAt, waits, send };
}

it("lets requests through at once, and hands on what comes of them", async () => {
  const { gate } = gateAt();
  expect(await firstValueFrom(gate.through(() => fine$, "bulk", 1))).toEqual(response(200));
  await expect(firstValueFrom(gate.through(() => unreachable$, "bulk", 5))).rejects.toMatchObject({ kind: "connect" });
});

it("stays open when a request cannot even be made", async () => {
  const { gate } = gateAt();
  const send = () => {
    throw new Error("There is no such server.");
  };
  await expect(firstValueFrom(gate.through(send, "bulk", 1))).rejects.toThrow("There is no such server.");
  expect(await firstValueFrom(gate.through(() => fine$, "bulk", 1))).toEqual(response(200));
});

describe("what the server asks for", () => {
  it("closes for all as long as Retry-After says, and tells so", () => {
    const { scheduler, sentAt, waits, send } = gateAt();
    send(of(response(429, { "retry-after": "30" })));
    send(fine$);
    send(fine$, "interactive");
    expect(waits).toEqual([undefined, { reason: "asked-to", until: 30_000 }]);
    scheduler.flush();
    // The viewer first; and the rate has been halved as well, and has recovered a little.
    expect(sentAt).toEqual([0, 30_000, 30_160]);
    expect(waits.at(-1)).toBeUndefined();
  });

  it("slows down without it", () => {
    const { scheduler, gate, sentAt, send } = gateAt();
    for (let i = 0; i < 8; i++) send(fine$);
    send(of(response(503)));
    expect(gate.limit?.perSecond).toBe(9);
    for (let i = 0; i < 5; i++) send(fine$);
    scheduler.flush();
    const [first = 0, ...others] = sentAt.slice(9);
    expect(others.map((time, i) => Math.round((time - first) / (i + 1)))).toEqual([111, 111, 111, 111]);
  });

  it("does not slow down for other answers", () => {
    const { gate, send } = gateAt();
    for (const status of [200, 304, 404, 500]) send(of(response(status)));
    expect(gate.limit?.perSecond).toBeUndefined();
  });
});

describe("a server that cannot be reached", () => {
  /** Sends requests that are under way together, and returns a function that lets the next one fail. */
  const together = (send: ReturnType<typeof gateAt>["send"], count: number, lanes: number) => {
    const answers = Array.from({ length: count }, () => new Subject<TransportResponse>());
    for (const answer$ of answers) send(answer$, "bulk", lanes);
    return () => answers.shift()?.error(new TransportError("connect", "…"));
  };

  it("means offline after as many failures in a row as there are lanes", () => {
    const { gate, waits, send } = gateAt();
    const fail = together(send, 9, 3);
    fail();
    fail();
    send(fine$, "bulk", 3);
    fail();
    fail();
    expect(gate.isOffline).toBe(false);
    fail();
    expect(gate.isOffline).toBe(true);
    expect(waits.at(-1)).toMatchObject({ reason: "offline", until: 1_000 });
    // Those that were on their way tell nothing new.
    fail();
    fail();
    expect(waits.at(-1)).toMatchObject({ reason: "offline", until: 1_000 });
  });

  it("means offline at once for the only request there is", () => {
    const { gate, send } = gateAt();
    send(unreachable$, "bulk", 32);
    expect(gate.isOffline).toBe(true);
  });

  it("is not back as long as the one that tries hears nothing", () => {
    const { scheduler, sentAt, send, gate } = gateAt();
    send(unreachable$);
    for (const kind of ["timeout", "interrupted"] as const) send(throwError(() => new TransportError(kind, "…")));
    scheduler.flush();
    expect(sentAt).toEqual([0, 1_000, 3_000]);
    expect(gate.isOffline).toBe(true);
  });

  it("may ask for longer than a timer can wait", () => {
    const { scheduler, sentAt, send } = gateAt();
    send(of(response(429, { "retry-after": `${60 * 86_400}` })));
    send(fine$);
    scheduler.flush();
    expect(sentAt[1]).toBeGreaterThan(2 ** 31);
  });

  it("is tried by one request at a time, less and less often", () => {
    const { scheduler, sentAt, send } = gateAt();
    for (let i = 0; i < 9; i++) send(unreachable$);
    scheduler.flush();
    expect(sentAt).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000, 61_000, 91_000, 121_000]);
  });

  it("holds all others back while one tries, and lets them go when it is back", () => {
    const { scheduler, gate, sentAt, waits, send } = gateAt();
    const answer$ = new Subject<TransportResponse>();
    send(unreachable$);
    send(answer$);
    send(fine$);
    send(fine$);
    scheduler.flush();
    expect(sentAt).toEqual([0, 1_000]);
    answer$.next(response(500));
    answer$.complete();
    scheduler.flush();
    expect(sentAt).toEqual([0, 1_000, 1_000, 1_000]);
    expect(gate.isOffline).toBe(false);
    expect(waits.at(-1)).toBeUndefined();
  });

  it("is tried by the next one if the one that tries gives up", () => {
    const { scheduler, sentAt, send } = gateAt();
    send(unreachable$);
    const probe = send(new Subject());
    send(fine$);
    scheduler.flush();
    expect(sentAt).toEqual([0, 1_000]);
    probe.unsubscribe();
    scheduler.flush();
    expect(sentAt).toEqual([0, 1_000, 1_000]);
  });

  it("is told from one that answers badly", () => {
    const { gate, send } = gateAt();
    for (const kind of ["interrupted", "timeout", "too-large", "redirect", "closed"] as const) {
      send(throwError(() => new TransportError(kind, "…")));
    }
    expect(gate.isOffline).toBe(false);
  });
});

describe("who waits to see a tile", () => {
  it("goes first, and bulk requests wait until he has it", () => {
    const { scheduler, sentAt, send } = gateAt();
    const tile$ = new Subject<TransportResponse>();
    send(tile$, "interactive");
    send(fine$);
    scheduler.flush();
    expect(sentAt).toEqual([0]);
    tile$.complete();
    expect(sentAt).toEqual([0, 0]);
  });

  it("no longer holds the others back when he has gone", () => {
    const { sentAt, send } = gateAt();
    const viewer = send(new Subject(), "interactive");
    send(fine$);
    viewer.unsubscribe();
    expect(sentAt).toEqual([0, 0]);
  });

  it("does not queue for the server's rate", () => {
    const { gate, sentAt, send } = gateAt();
    send(of(response(429)));
    expect(gate.limit?.perSecond).toBe(5);
    send(fine$);
    send(fine$);
    send(fine$, "interactive");
    expect(sentAt).toHaveLength(2);
  });
});

it("forgets who gives up while waiting", () => {
  const { scheduler, sentAt, send } = gateAt();
  send(of(response(429, { "retry-after": "30" })));
  send(fine$).unsubscribe();
  scheduler.flush();
  expect(sentAt).toEqual([0]);
  expect(scheduler.now()).toBe(0);
});

describe("what the policy allows", () => {
  it("is a rate from the beginning, to which it returns after the server has refused", () => {
    const { scheduler, gate, sentAt, send } = gateAt({ perSecond: 10 });
    for (let i = 0; i < 6; i++) send(of(response(200)));
    scheduler.flush();
    expect(sentAt).toEqual([0, 100, 200, 300, 400, 500]);
    expect(gate.limit).toEqual({ perSecond: 10, by: "policy" });
    send(of(response(429)));
    scheduler.flush();
    expect(gate.limit?.by).toBe("server");
    expect(gate.limit?.perSecond).toBe(5);
  });

  it("is a number of requests at a time, of which the viewer is the next one", () => {
    const { scheduler, send, sentAt } = gateAt({ connections: 2 });
    for (let i = 0; i < 4; i++) send(of(response(200)).pipe(delay(50, scheduler)));
    send(of(response(200)).pipe(delay(50, scheduler)), "interactive");
    scheduler.flush();
    expect(sentAt).toEqual([0, 0, 50, 100, 100]);
  });
});

describe("whoever listens while it opens", () => {
  it("lets in a viewer who comes then, and the others after him", () => {
    const { scheduler, gate, sentAt, send } = gateAt();
    send(of(response(429, { "retry-after": "30" })));
    send(fine$);
    let hasCome = false;
    gate.waiting$.subscribe((waiting) => {
      if (waiting !== undefined || hasCome) return;
      hasCome = true;
      send(fine$, "interactive");
    });
    scheduler.flush();
    expect(sentAt.length).toBe(3);
  });

  it("lets in the others when the viewer leaves then", () => {
    const { scheduler, gate, sentAt, send } = gateAt();
    send(of(response(429, { "retry-after": "30" })));
    const viewer = send(fine$, "interactive");
    send(fine$);
    gate.waiting$.subscribe((waiting) => waiting === undefined && viewer.unsubscribe());
    scheduler.flush();
    expect(sentAt.length).toBe(2);
  });

  it("lets out no more at a time than before", () => {
    const { scheduler, gate, send } = gateAt({ connections: 1 });
    let underWay = 0;
    let most = 0;
    const endless$ = new Observable<TransportResponse>(() => {
      underWay += 1;
      most = Math.max(most, underWay);
      return () => {
        underWay -= 1;
      };
    });
    send(of(response(429, { "retry-after": "30" })));
    let hasCome = false;
    gate.waiting$.subscribe((waiting) => {
      if (waiting !== undefined || hasCome) return;
      hasCome = true;
      send(endless$, "interactive");
    });
    scheduler.schedule(() => send(endless$, "interactive"), 60_000);
    scheduler.maxFrames = 100_000;
    scheduler.flush();
    expect({ hasCome, most }).toEqual({ hasCome: true, most: 1 });
  });
});

it("aborts a request that nobody waits for any more", () => {
  const { send } = gateAt();
  let isAborted = false;
  const endless$ = new Observable<TransportResponse>(() => () => {
    isAborted = true;
  });
  send(endless$).unsubscribe();
  expect(isAborted).toBe(true);
});

it("has room again when a transport fails to abort", () => {
  const { sentAt, send } = gateAt({ connections: 1 });
  const stubborn$ = new Observable<TransportResponse>(() => () => {
    throw new Error("It cannot be aborted.");
  });
  expect(() => send(stubborn$).unsubscribe()).toThrow();
  send(fine$);
  expect(sentAt.length).toBe(2);
});

it("does not nest where requests are answered at once", () => {
  const { gate } = gateAt();
  let sent = 0;
  const send = () => {
    sent += 1;
    gate.through(() => fine$, "bulk", 1).subscribe({ complete: () => sent < 20_000 && send() });
  };
  send();
  expect(sent).toBe(20_000);
});
