import { ConnectionLostError, ConnectionVersionError, connectRoot, type Root, serveRoot } from "@fmtc/core";
import { lastValueFrom, type Observable, VirtualTimeScheduler } from "rxjs";
import { describe, expect, it, onTestFinished } from "vitest";
import { region } from "../root/root-fixture.ts";
import { openConnected, settle } from "./connected.ts";
import { ofType, rawPort } from "./raw-port.ts";
import { rootWithScriptedDownload } from "./scripted-download.ts";

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "resolved",
    (error: unknown) => error,
  );
const endOf = (source$: Observable<unknown>) =>
  new Promise<unknown>((resolve) => {
    source$.subscribe({ error: resolve, complete: () => resolve("completed") });
  });

/** How everything ends that waits for the far side: calls, observables, downloads. */
function endsOf(root: Root): Promise<readonly unknown[]> {
  const download = root.store("hiking").download.startForeground(region, { recovery: false });
  return Promise.all([
    failureOf(root.stats()),
    failureOf(root.recovery.list()),
    failureOf(root.store("hiking").manage.create()),
    endOf(root.changes$),
    endOf(root.store("hiking").changes$),
    endOf(root.recovery.changes$),
    failureOf(download.done),
    failureOf(download.pause()),
    endOf(download.progress$),
    endOf(download.tiles$),
  ]);
}

function expectAllLost(ends: readonly unknown[]): void {
  // What only shows a download never fails.
  const expected = ends.map((_, i) => (i < ends.length - 2 ? "lost" : "completed"));
  expect(ends.map((end) => (ConnectionLostError.isInstance(end) ? "lost" : end))).toEqual(expected);
}

describe("everything that waits for the far side fails", () => {
  it("when the port is closed over there", async () => {
    const { port, close, until } = rawPort();
    const root = connectRoot(port);
    const ends = endsOf(root);
    await until(ofType("hello"));
    close();
    expectAllLost(await ends);
  });

  it("when it is served no longer, and so does what comes later", async () => {
    const { root, hiking, served, farRoot } = await openConnected({ delayMs: 10 });
    await settle(root);
    const running = hiking.download.startForeground(region, { id: "running" });
    const progress = endOf(running.progress$);
    await settle(root);
    served.stop();
    expect(await progress).toBe("completed");
    await expect(running.done).rejects.toThrow(/Connect again.*root.recovery/);
    await expect(running.pause()).rejects.toThrow(ConnectionLostError);
    expect(await lastValueFrom(running.progress$)).toMatchObject({
      state: "failed",
      error: { code: "CONNECTION_LOST" },
    });
    expect(await endOf(running.tiles$)).toBe("completed");
    expect(await endOf(root.changes$)).toBeInstanceOf(ConnectionLostError);
    await expect(root.stats()).rejects.toThrow(ConnectionLostError);
    expect(() => hiking.download.startForeground(region)).toThrow(ConnectionLostError);
    // It goes on where it is.
    expect((await farRoot.downloads.list()).map(({ id }) => id)).toEqual(["running"]);
  });

  it("when nothing is heard although it was asked for, whatever the port says", async () => {
    const { port, post, until, came } = rawPort();
    const scheduler = new VirtualTimeScheduler(undefined, 0);
    const pass = (intervals: number) => {
      scheduler.maxFrames += intervals * 1_000;
      scheduler.flush();
    };
    const root = connectRoot(port, { heartbeatMs: 1_000, scheduler });
    const hello = await until(ofType("hello"));
    expect(hello).toMatchObject({ version: 1 });
    const ends = endsOf(root);
    let isLost = false;
    ends.then(() => {
      isLost = true;
    });
    pass(3);
    await until(() => came.filter(ofType("hello")).length === 4);
    expect(isLost).toBe(false);
    pass(1);
    expectAllLost(await ends);
    await until(ofType("bye"));
    post(undefined, { type: "ready", version: 1 });
    await expect(root.stats()).rejects.toThrow(ConnectionLostError);
  });

  it("when it has been replaced, and another root is served by the same worker", async () => {
    const { root, farPort, farRoot } = await openConnected();
    await root.stats();
    const end = endOf(root.changes$);
    serveRoot(farRoot, farPort);
    expect(await end).toBeInstanceOf(ConnectionLostError);
  });

  it("when it was closed here", async () => {
    const { root } = await openConnected({ delayMs: 10 });
    await root.stats();
    const ends = endsOf(root);
    await root.close();
    expect((await ends).map((end) => (end instanceof Error && "code" in end ? end.code : end))).toEqual([
      "ROOT_CLOSED",
      "ROOT_CLOSED",
      "ROOT_CLOSED",
      "completed",
      "completed",
      "completed",
      "ROOT_CLOSED",
      "ROOT_CLOSED",
      "completed",
      "completed",
    ]);
  });
});

describe("a heartbeat", () => {
  it("asks only when nothing was heard, and is content with any answer", async () => {
    const scheduler = new VirtualTimeScheduler(undefined, 0);
    const { root, fromNear, fromFar } = await openConnected({}, { heartbeatMs: 1_000, scheduler });
    const pings = () => fromNear.flat().filter(ofType("ping")).length;
    await settle(root);
    for (let i = 0; i < 20; i++) {
      scheduler.maxFrames += 1_000;
      scheduler.flush();
      await settle(root);
    }
    expect(pings()).toBe(0);
    scheduler.maxFrames += 2_000;
    scheduler.flush();
    await settle(root);
    expect(pings()).toBe(1);
    expect(fromFar.flat().filter(ofType("pong"))).toHaveLength(1);
    expect((await root.stats()).stores).toEqual(["hiking"]);
  });

  it("can be left out, and must be a time", async () => {
    const scheduler = new VirtualTimeScheduler();
    const { root } = await openConnected({}, { heartbeatMs: Number.POSITIVE_INFINITY, scheduler });
    scheduler.flush();
    expect(scheduler.frame).toBe(0);
    await root.stats();
    for (const heartbeatMs of [0, -1, Number.NaN, "5"]) {
      expect(() => connectRoot(new MessageChannel().port1, { heartbeatMs: heartbeatMs as number })).toThrow(
        /heartbeatMs/,
      );
    }
  });
});

describe("another version of the protocol", () => {
  it("is refused by the far side", async () => {
    const { root } = await rootWithScriptedDownload();
    const { port, post, until, came } = rawPort();
    serveRoot(root, port);
    post("s", { type: "hello", version: 2 }, { type: "call", id: 1, name: "root.stats", args: [] });
    expect(await until(ofType("refused"))).toMatchObject({ version: 1 });
    await until(ofType("bye"));
    expect(came.some(ofType("result"))).toBe(false);
  });

  it.each(["ready", "welcome", "refused"])("is an error at the near side, as it hears of it by %s", async (type) => {
    const { port, post, session } = rawPort();
    const root = connectRoot(port);
    const stats = root.stats();
    post(type === "ready" ? undefined : await session, { type, version: 3 });
    await expect(stats).rejects.toThrow(ConnectionVersionError);
    await expect(root.stats()).rejects.toMatchObject({ code: "CONNECTION_VERSION", found: 3, supported: 1 });
  });
});

describe("the far side lets go of everything", () => {
  const listening = async () => {
    const { root: far, progress$, tiles$, released } = await rootWithScriptedDownload();
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    serveRoot(far, port1);
    const root = connectRoot(port2);
    onTestFinished(() => root.close());
    const [download] = await root.downloads.list();
    download?.progress$.subscribe({ error: () => {} });
    download?.tiles$.subscribe({ error: () => {} });
    await settle(root);
    expect([progress$.observed, tiles$.observed]).toEqual([true, true]);
    const expectReleased = async () => {
      await released;
      expect([progress$.observed, tiles$.observed]).toEqual([false, false]);
    };
    return { root, port2, expectReleased };
  };

  it("when the near side says goodbye", async () => {
    const { root, expectReleased } = await listening();
    await root.close();
    await expectReleased();
  });

  it("when the port is closed", async () => {
    const { port2, expectReleased } = await listening();
    port2.close();
    await expectReleased();
  });

  it("when another connects over the same port", async () => {
    const { root, port2, expectReleased } = await listening();
    const lost = endOf(root.changes$);
    const other = connectRoot(port2);
    onTestFinished(() => other.close());
    await other.stats();
    await expectReleased();
    expect(await lost).toBeInstanceOf(ConnectionLostError);
  });
});
