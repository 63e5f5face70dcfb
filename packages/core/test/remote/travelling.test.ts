import {
  connectRoot,
  type DownloadProgress,
  OptionError,
  StoreVersionError,
  serveRoot,
  type TileEvent,
} from "@fmtc/core";
import { type ScriptedAnswer, statusResponse, tileResponse } from "@fmtc/core/testing";
import { filter, firstValueFrom, map, Subject, take } from "rxjs";
import { describe, expect, it, onTestFinished } from "vitest";
import { cover, region } from "../root/root-fixture.ts";
import { openConnected, openLocal, settle } from "./connected.ts";

/** A transport that answers when it is told to. */
function held() {
  const go$ = new Subject<void>();
  const answer = ({ url }: { url: string }): ScriptedAnswer =>
    go$.pipe(
      take(1),
      map(() => tileResponse(url)),
    );
  return { answer, go: () => go$.next() };
}

describe("what travels", () => {
  it("is plain data that a port carries", async () => {
    const { root, hiking, fromFar, fromNear } = await openConnected();
    root.recovery.changes$.subscribe();
    const download = hiking.download.startForeground(region);
    download.progress$.subscribe();
    download.tiles$.subscribe();
    await download.done;
    expect(structuredClone([...fromFar, ...fromNear])).toEqual([...fromFar, ...fromNear]);
  });

  it("is progress as a snapshot first, and then what has changed", async () => {
    const { hiking, fromFar } = await openConnected({ delayMs: 1 });
    const download = hiking.download.startForeground(region, { reportIntervalMs: 1 });
    const emissions: DownloadProgress[] = [];
    download.progress$.subscribe((progress) => emissions.push(progress));
    await download.done;
    const [snapshot, ...changes] = fromFar
      .flat()
      .filter(({ type }) => type === "next")
      .flatMap(({ value }) => value as Partial<DownloadProgress>[]);
    expect(snapshot).toEqual(emissions[0]);
    expect(changes.length).toBeGreaterThan(3);
    for (const change of changes) {
      expect(change).not.toHaveProperty("max");
      expect(change).not.toHaveProperty("id");
      expect(change).not.toHaveProperty("failedBy");
    }
    // What never travelled again is there all the same.
    for (const progress of emissions) expect(Object.keys(progress).sort()).toEqual(Object.keys(snapshot ?? {}).sort());
  });

  it("is listened to only while somebody listens here", async () => {
    const { answer, go } = held();
    const { hiking, root, fromNear } = await openConnected({ answer });
    const download = hiking.download.startForeground(region);
    const first = download.progress$.subscribe();
    const late: DownloadProgress[] = [];
    await firstValueFrom(download.progress$);
    const second = download.progress$.subscribe((progress) => late.push(progress));
    expect(late).toEqual([expect.objectContaining({ state: "running", max: cover.count })]);
    first.unsubscribe();
    const sent = () => fromNear.flat().filter(({ type }) => type === "listen" || type === "leave");
    await settle(root);
    expect(sent()).toMatchObject([{ type: "listen", name: "download.progress" }]);
    second.unsubscribe();
    await settle(root);
    expect(sent()).toMatchObject([{ type: "listen" }, { type: "leave", id: sent()[0]?.id }]);
    // Nobody listens, and it goes on.
    download.progress$.subscribe((progress) => late.push(progress));
    await settle(root);
    expect(sent()).toHaveLength(3);
    const done = download.done;
    const timer = setInterval(go, 0);
    onTestFinished(() => clearInterval(timer));
    expect((await done).stored).toBe(cover.count);
  });

  it("is every tile, in far fewer messages", async () => {
    const { hiking, fromFar } = await openConnected();
    const download = hiking.download.startForeground(region, { parallel: 50 });
    const tiles: TileEvent[] = [];
    download.tiles$.subscribe((tile) => tiles.push(tile));
    await download.done;
    expect(tiles).toHaveLength(cover.count);
    const batches = fromFar.flat().filter(({ type, value }) => type === "next" && Array.isArray(value));
    expect(batches.length).toBeLessThan(cover.count / 4);
  });

  it("is what is given as plain data; what is not is refused, and disturbs nobody", async () => {
    const { hiking } = await openConnected();
    const odd = hiking.metadata.set({ a: (() => "1") as never });
    const plain = hiking.metadata.set({ b: "2" });
    await expect(odd).rejects.toThrow(OptionError);
    await expect(odd).rejects.toThrow(/^metadata.set .*plain data/);
    await plain;
    expect(await hiking.metadata.read()).toEqual({ b: "2" });
  });

  it("is a region and options even if they are no plain objects", async () => {
    const { hiking } = await openConnected();
    const proxied = new Proxy(region, {});
    const options = new Proxy({ buffer: new Proxy({ tiles: 10 }, {}), parallel: undefined }, {});
    expect((await hiking.download.startForeground(proxied, options).done).stored).toBe(cover.count);
    expect(await hiking.download.check(proxied)).toBe(cover.count);
  });
});

describe("a download", () => {
  it("has an id by chance, given here", async () => {
    const { hiking, farRoot, root } = await openConnected({}, { random: () => 0.5 });
    const download = hiking.download.startForeground(region);
    expect(download.id).toBe("i".repeat(20));
    expect(download.store).toBe("hiking");
    await settle(root);
    expect((await farRoot.downloads.list()).map(({ id }) => id)).toEqual([download.id]);
    await download.cancel();
  });

  it("that runs already is attached to, by whoever comes back", async () => {
    const { answer, go } = held();
    const { farRoot, farHiking, root } = await openConnected({ answer });
    const own = farHiking.download.startForeground(region, { id: "mine" });
    const [download] = await root.downloads.list();
    expect(download?.id).toBe("mine");
    expect(await root.downloads.get("mine")).toBe(download);
    await root.close();

    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    serveRoot(farRoot, port1);
    const again = connectRoot(port2);
    onTestFinished(() => again.close());
    const attached = await again.downloads.get("mine");
    const timer = setInterval(go, 0);
    onTestFinished(() => clearInterval(timer));
    expect(await attached?.done).toEqual(await own.done);
  });

  it("goes on when nobody is connected any more", async () => {
    const { root, hiking, farRoot } = await openConnected({ delayMs: 1 });
    const download = hiking.download.startForeground(region, { id: "mine" });
    await firstValueFrom(download.progress$);
    const far = await farRoot.downloads.get("mine");
    await root.close();
    await expect(download.done).rejects.toMatchObject({ code: "ROOT_CLOSED" });
    expect((await far?.done)?.stored).toBe(cover.count);
  });

  it("that was continued under the same id is another", async () => {
    let isDown = true;
    const answer = ({ url }: { url: string }) =>
      isDown && url.endsWith("/8/132/90") ? statusResponse(404) : tileResponse(url);
    const { hiking, root } = await openConnected({ answer });
    const first = hiking.download.startForeground(region, { id: "mine" });
    await first.done;
    isDown = false;
    const second = await root.recovery.retryFailed("mine");
    expect(second).not.toBe(first);
    await first.cancel();
    expect(await second.done).toMatchObject({ state: "completed", failed: 0 });
  });

  it("in the background is attached to as well", async () => {
    const { farHiking: elsewhere } = await openConnected();
    const started: unknown[] = [];
    const background = {
      start: async (request: unknown) => {
        started.push(request);
        return elsewhere.download.startForeground(region, { id: "mine" });
      },
      list: async () => [],
    };
    const { hiking } = await openConnected({ background });
    const download = await hiking.download.startBackground(region, { parallel: 3 });
    expect(download.id).toBe("mine");
    expect((await download.done).stored).toBe(cover.count);
    expect(started).toEqual([{ store: "hiking", region, options: { parallel: 3 } }]);
  });
});

describe("a root that is still being opened", () => {
  it("is waited for", async () => {
    const { root: far } = await openLocal();
    const { port1, port2 } = new MessageChannel();
    const opening = Promise.withResolvers<typeof far>();
    serveRoot(opening.promise, port1);
    const root = connectRoot(port2);
    onTestFinished(() => root.close());
    const stats = root.stats();
    opening.resolve(far);
    expect((await stats).stores).toEqual(["hiking"]);
  });

  it("and cannot be, says why", async () => {
    const { port1, port2 } = new MessageChannel();
    serveRoot(Promise.reject(new StoreVersionError(9, 3)), port1);
    const root = connectRoot(port2);
    await expect(root.stats()).rejects.toMatchObject({ code: "STORE_VERSION", found: 9 });
    await expect(root.stats()).rejects.toThrow(StoreVersionError);
  });

  it("is found, whoever begins", async () => {
    const { root: far } = await openLocal();
    // As with a worker: what is posted before anybody listens is lost.
    const listeners = new Set<(event: unknown) => void>();
    const others = new Set<(event: unknown) => void>();
    const port = (mine: Set<(event: unknown) => void>, theirs: Set<(event: unknown) => void>) => ({
      postMessage: (data: unknown) => {
        for (const listener of [...theirs]) queueMicrotask(() => listener({ data: structuredClone(data) }));
      },
      addEventListener: (type: string, listener: (event: unknown) => void) => type === "message" && mine.add(listener),
      removeEventListener: (_type: string, listener: (event: unknown) => void) => mine.delete(listener),
    });
    const root = connectRoot(port(listeners, others));
    onTestFinished(() => root.close());
    const stats = root.stats();
    const served = serveRoot(far, port(others, listeners));
    expect((await stats).stores).toEqual(["hiking"]);
    // The port is still good for another.
    const error = firstValueFrom(root.changes$.pipe(filter(() => false))).catch((reason) => reason);
    const next = connectRoot(port(listeners, others));
    onTestFinished(() => next.close());
    expect((await next.stats()).stores).toEqual(["hiking"]);
    expect(await error).toMatchObject({ code: "CONNECTION_LOST" });
    served.stop();
    await expect(next.stats()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  });
});
