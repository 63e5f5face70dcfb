import { type Download, type DownloadProgress, FmtcError, TransportError } from "@fmtc/core";
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
        let looking: Subscription | undefined;
        for (const each of commands as Command[]) {
          if (each.do === "wait") await vi.advanceTimersByTimeAsync(each.ms ?? 0);
          if (each.do === "pause" || each.do === "resume" || each.do === "cancel") pending.push(download[each.do]());
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

it("tells of its end as an error where it fails, in every way that it is asked", async () => {
  const { hiking, root } = await openTestRoot();
  const download = hiking.download.startForeground(region);
  await vi.advanceTimersByTimeAsync(100);
  await root.store("hiking").manage.rename("walking");
  const ends: string[] = [];
  const note = { error: (error: unknown) => ends.push(FmtcError.isInstance(error) ? error.code : "other") };
  download.progress$.subscribe(note);
  download.tiles$.subscribe(note);
  await expect(settled(download.done)).rejects.toMatchObject({ code: "STORE_NOT_FOUND" });
  download.progress$.subscribe(note);
  expect(ends).toEqual(["STORE_NOT_FOUND", "STORE_NOT_FOUND", "STORE_NOT_FOUND"]);
  await doNothing(download);
  await vi.advanceTimersByTimeAsync(1_000);
  const [record] = await root.recovery.failed();
  expect(record).toMatchObject({ id: download.id, store: "walking" });
  if (record !== undefined)
    expect(await settled((await record.resume()).done)).toMatchObject({ attempted: cover.count });
});
