import { type Download, type DownloadProgress, TransportError } from "@fmtc/core";
import { statusResponse, tileResponse } from "@fmtc/core/testing";
import fc from "fast-check";
import { type Subscription, throwError } from "rxjs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cases } from "../property.ts";
import { cover, everyUrl, expectHonest, openTestRoot, region, settled, urlsIn } from "./root-fixture.ts";

/** What may happen to a download, in any order and number. */
const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 400 }) }) },
  fc.record({ do: fc.constantFrom("pause", "resume", "look", "look away", "go offline", "go online", "fail", "mend") }),
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("cancel", "discard") }) },
);
type Command = { readonly do: string; readonly ms?: number };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("ends as the commands say, whatever their order, and never lies on the way", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(command, { maxLength: 25 }),
      fc.record({ parallel: fc.integer({ min: 1, max: 8 }), buffer: fc.integer({ min: 1, max: 60 }) }),
      async (commands, options) => {
        // What a failed case has left behind is not this one's.
        vi.clearAllTimers();
        const world = { isOffline: false, isFailing: false };
        const { root, hiking, store, transport, asked } = await openTestRoot({
          answer: ({ url }) => {
            if (world.isOffline) return throwError(() => new TransportError("connect", "…"));
            return world.isFailing ? statusResponse(500) : tileResponse(url);
          },
        });
        const download = hiking.download.startForeground(region, { ...options, retries: 1 });
        const emissions: DownloadProgress[] = [];
        download.progress$.subscribe((progress) => emissions.push(progress));

        const pending: Promise<unknown>[] = [];
        let isWanted = true;
        let looking: Subscription | undefined;
        for (const each of commands as Command[]) {
          if (each.do === "wait") await vi.advanceTimersByTimeAsync(each.ms ?? 0);
          if (each.do === "resume" || each.do === "cancel") {
            isWanted = each.do === "resume";
            pending.push(download[each.do]());
          }
          if (each.do === "pause") {
            isWanted = false;
            const paused = download.pause().then(() => {
              // Unless somebody has wished otherwise meanwhile.
              if (!isWanted)
                expect(["paused", "cancelled", "completed", "cancelling"]).toContain(emissions.at(-1)?.state);
            });
            pending.push(paused);
          }
          if (each.do === "discard") pending.push(root.recovery.discard(download.id));
          if (each.do === "look") looking ??= download.tiles$.subscribe();
          if (each.do === "look away") looking = looking?.unsubscribe() as undefined;
          if (each.do === "go offline") world.isOffline = true;
          if (each.do === "go online") world.isOffline = false;
          if (each.do === "fail") world.isFailing = true;
          if (each.do === "mend") world.isFailing = false;
        }
        world.isOffline = false;
        world.isFailing = false;
        // Every command comes to an end by itself.
        await settled(Promise.all(pending));
        await settled(download.resume());
        const last = await settled(download.done);

        const isCancelled = commands.some((each) => each.do === "cancel" || each.do === "discard");
        const isOver = emissions.find(({ state }) => state === "completed" || state === "cancelled");
        expectHonest(emissions);
        expect(emissions.at(-1)).toEqual(last);
        expect(isOver).toEqual(last);
        if (!isCancelled) expect(last.state).toBe("completed");
        if (last.state === "completed") {
          expect(last.attempted).toBe(cover.count);
          expect(await urlsIn(store)).toHaveLength(last.stored);
        }
        expect(last.flushed).toBe((await hiking.stats()).length);
        expect(transport.underWay()).toBe(0);
        expect(asked().filter((url) => !everyUrl.includes(url))).toEqual([]);
        const records = await store.downloads.list();
        expect(records.length).toBe(last.state === "completed" && last.failed > 0 ? 1 : 0);
        await doNothing(download);
        expect(emissions.at(-1)).toEqual(last);
        await root.close();
        expect(vi.getTimerCount()).toBe(0);
      },
    ),
    cases(300),
  );
});

/** What is over stays over. */
async function doNothing({ pause, resume, cancel }: Download): Promise<void> {
  await Promise.all([pause(), resume(), cancel(), cancel(), resume(), pause()]);
}

it("says why it has failed, and is no surprise to whoever only looks on", async () => {
  const { hiking, root, store } = await openTestRoot();
  const download = hiking.download.startForeground(region);
  await vi.advanceTimersByTimeAsync(100);
  await store.stores.rename("hiking", "walking");
  const ends: string[] = [];
  download.progress$.subscribe({ complete: () => ends.push("progress") });
  download.tiles$.subscribe({ complete: () => ends.push("tiles") });
  await expect(settled(download.done)).rejects.toMatchObject({ code: "STORE_NOT_FOUND" });
  expect(ends).toEqual(["progress", "tiles"]);
  const late: DownloadProgress[] = [];
  download.progress$.subscribe((progress) => late.push(progress));
  const error = { code: "STORE_NOT_FOUND", message: expect.stringContaining("hiking") };
  expect(late).toEqual([expect.objectContaining({ state: "failed", error })]);
  await doNothing(download);
  await vi.advanceTimersByTimeAsync(1_000);
  const [record] = await root.recovery.failed();
  expect(record).toMatchObject({ id: download.id, store: "walking" });
  if (record !== undefined)
    expect(await settled((await record.resume()).done)).toMatchObject({ attempted: cover.count });
});
