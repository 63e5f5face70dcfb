import { StoreFullError, TransportError } from "@fmtc/core";
import { openMemoryStore, type ScriptedTransportOptions, statusResponse, tileResponse } from "@fmtc/core/testing";
import { EMPTY, throwError } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cover, everyUrl, expectHonest, noted, openTestRoot, region, settled, urlsIn } from "./root-fixture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Downloads the region from a server that answers so. */
async function downloadFrom(answer: ScriptedTransportOptions["answer"]) {
  const opened = await openTestRoot({ answer });
  const started = opened.hiking.download.startForeground(region, { buffer: 20, reportIntervalMs: 100 });
  return { ...opened, ...noted(started) };
}

const failing = (pattern: RegExp) => everyUrl.filter((url) => pattern.test(url)).length;

describe("failures of tiles", () => {
  it("that are final are counted, kept with their reason, and not asked about again", async () => {
    const { root, download, emissions, asked } = await downloadFrom(({ url }) => {
      if (/\/8\/1/.test(url)) return statusResponse(404);
      return /\/7\/6/.test(url) ? { ...tileResponse(), body: new TextEncoder().encode("<html>") } : tileResponse(url);
    });
    const last = await settled(download.done);
    const [negative, invalid] = [failing(/\/8\/1/), failing(/\/7\/6/)];
    expect(last).toMatchObject({ state: "completed", failedBy: { negative, request: 0, invalid } });
    expect(last.failed).toBe(negative + invalid);
    expect(asked().length).toBe(cover.count);
    expectHonest(emissions);
    const reasons = (await root.recovery.failedTiles(download.id)).map(({ reason }) => reason);
    expect(reasons.toSorted()).toEqual([...Array(invalid).fill("invalid"), ...Array(negative).fill("negative")]);
  });

  it("that may pass are tried again after a while", async () => {
    const flaky = "https://tiles.example.org/5/16/11";
    const { download, emissions, asked } = await downloadFrom(({ url }, nth) =>
      url === flaky && nth < 3 ? statusResponse(500) : tileResponse(url),
    );
    const outcomes: string[] = [];
    download.tiles$.subscribe(({ outcome }) => outcomes.push(outcome));
    expect(await settled(download.done)).toMatchObject({ stored: cover.count, failed: 0 });
    expect(asked().filter((url) => url === flaky)).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === "retrying")).toHaveLength(2);
    expectHonest(emissions);
  });

  it("that do not pass are postponed, tried once more at the end, and then final", async () => {
    const { root, download, emissions, asked } = await downloadFrom(({ url }, nth) => {
      if (url.endsWith("/5/16/11")) return nth < 4 ? statusResponse(502) : tileResponse(url);
      if (url.endsWith("/5/16/12")) return throwError(() => new TransportError("timeout", "…"));
      return tileResponse(url);
    });
    const postponed: string[] = [];
    download.tiles$.subscribe(({ outcome, z, x, y }) => outcome === "postponed" && postponed.push(`${z}/${x}/${y}`));
    const last = await settled(download.done);
    expect(last).toMatchObject({ stored: cover.count - 1, failedBy: { request: 1 }, retryQueued: 0 });
    expect(postponed.toSorted()).toEqual(["5/16/11", "5/16/12"]);
    expect(asked().slice(-2).toSorted()).toEqual(everyUrl.filter((url) => /\/5\/16\/1[12]$/.test(url)));
    expectHonest(emissions);
    expect(await root.recovery.failedTiles(download.id)).toEqual([
      expect.objectContaining({ z: 5, x: 16, y: 12, reason: "request", attempts: 4 }),
    ]);
  });

  it("whose request cannot be made at all are not tried again, nor taken for being offline", async () => {
    const refused = () => throwError(() => new TransportError("request", "The server's certificate is not trusted."));
    const { root, download, asked } = await downloadFrom(refused);
    expect(await settled(download.done)).toMatchObject({ state: "completed", failedBy: { request: cover.count } });
    expect(asked().length).toBe(cover.count);
    expect((await root.recovery.failedTiles(download.id))[0]?.detail).toMatch(/certificate/);
  });

  it("by a transport that ends without an answer are failures too", async () => {
    const { download, asked } = await downloadFrom(({ url }, nth) => (nth === 1 ? EMPTY : tileResponse(url)));
    expect(await settled(download.done)).toMatchObject({ stored: cover.count, failed: 0 });
    expect(asked().length).toBe(2 * cover.count);
  });

  it("are no failures where there is nothing to see", async () => {
    const { download } = await downloadFrom(({ url }) => (/\/8\//.test(url) ? statusResponse(204) : tileResponse(url)));
    expect(await settled(download.done)).toMatchObject({ skippedBy: { empty: failing(/\/8\//) }, failed: 0 });
  });
});

describe("a store that fails", () => {
  it("ends the download, and leaves its record to be resumed", async () => {
    const store = await openMemoryStore();
    let commits = 0;
    let isFull = true;
    const { hiking, root } = await openTestRoot({
      store: {
        ...store,
        commit: async (commit) => {
          commits += 1;
          if (isFull && commits > 3) throw new StoreFullError("The disk is full.");
          return store.commit(commit);
        },
      },
    });
    const { download, emissions } = noted(hiking.download.startForeground(region, { buffer: 20 }));
    await expect(settled(download.done)).rejects.toThrow(StoreFullError);
    expect(emissions.at(-1)?.state).toBe("failed");
    expect(commits).toBe(4);
    isFull = false;
    const [failed] = await root.recovery.failed();
    if (failed !== undefined) await settled((await failed.resume()).done);
    expect(await urlsIn(store)).toEqual(everyUrl);
  });
});

describe("a server that cannot be reached", () => {
  it("is waited for, which is no failure, and the download says so and goes on", async () => {
    let isOnline = true;
    const { download, emissions, asked } = await downloadFrom(({ url }) =>
      isOnline ? tileResponse(url) : throwError(() => new TransportError("connect", "…")),
    );
    await vi.advanceTimersByTimeAsync(100);
    isOnline = false;
    await vi.advanceTimersByTimeAsync(60_000);
    const { state, waiting, failed } = emissions.at(-1) ?? {};
    expect({ state, failed, reason: waiting?.reason }).toEqual({ state: "waiting", failed: 0, reason: "offline" });
    const tried = asked().length;
    isOnline = true;
    expect(await settled(download.done)).toMatchObject({ state: "completed", stored: cover.count, failed: 0 });
    expect(tried).toBeLessThan(100);
    expect(emissions.map((each) => each.state)).toContain("running");
    expectHonest(emissions);
  });

  it("lets itself be paused and cancelled meanwhile, samples of sea or not", async () => {
    for (const seaTiles of [[], [{ z: 3, x: 0, y: 0 }]]) {
      const { hiking, root } = await openTestRoot({
        sources: [{ id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}", seaTiles }],
        answer: () => throwError(() => new TransportError("connect", "…")),
      });
      const { download, emissions } = noted(hiking.download.startForeground(region));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(emissions.at(-1)?.state).toBe("waiting");
      await settled(download.pause());
      expect(emissions.at(-1)?.state).toBe("paused");
      await settled(download.cancel());
      expect(emissions.at(-1)?.state).toBe("cancelled");
      expect(await root.recovery.list()).toEqual([]);
    }
  });
});

describe("a server that asks to be left alone", () => {
  it("is, for as long as it says, by all downloads of the host; and the progress says why", async () => {
    let refusedAt: number | undefined;
    const times: number[] = [];
    const { root, hiking } = await openTestRoot({
      answer: ({ url }) => {
        times.push(Date.now());
        if (times.length !== 40) return tileResponse(url);
        refusedAt = Date.now();
        return statusResponse(429, { "retry-after": "30" });
      },
    });
    await root.store("biking").manage.create();
    const first = noted(hiking.download.startForeground(region));
    const second = noted(root.store("biking").download.startForeground(region));
    await vi.advanceTimersByTimeAsync(1_000);
    const until = (refusedAt ?? 0) + 10 + 30_000;
    for (const { emissions } of [first, second]) {
      expect(emissions.at(-1)).toMatchObject({ state: "waiting", waiting: { reason: "asked-to", until } });
    }
    await settled(Promise.all([first.download.done, second.download.done]));
    expect(times.filter((time) => time > (refusedAt ?? 0) + 20 && time < until)).toEqual([]);
    const limited = first.emissions.filter(({ limit }) => limit?.by === "server");
    expect(limited.length).toBeGreaterThan(0);
    expect(first.emissions.at(-1)).toMatchObject({ state: "completed", failed: 0 });
  });
});
