import { ConnectionLostError, coverOf, type Download, type Root } from "@fmtc/core";
import { filter, firstValueFrom, lastValueFrom, type Observable, toArray } from "rxjs";
import { expect } from "vitest";
import { workerRegion } from "./worker-root.ts";

const { count } = coverOf(workerRegion);

/** A root in a worker downloads; who looks away meanwhile and comes back finds the download where it is. */
export async function downloadsInWorker(root: Root, connectAgain: () => Root): Promise<void> {
  const hiking = root.store("hiking");
  const download = hiking.download.startForeground(workerRegion, { parallel: 50, reportIntervalMs: 1 });
  const tiles = firstValueFrom(download.tiles$.pipe(toArray()));
  await firstValueFrom(download.progress$.pipe(filter(({ stored }) => stored > 0)));
  await download.pause();
  expect(await root.recovery.get(download.id)).toMatchObject({ state: "paused", region: workerRegion });
  await download.resume();
  expect(await download.done).toMatchObject({ state: "completed", stored: count });
  expect((await tiles).length).toBe(count);

  const second = hiking.download.update(workerRegion, { parallel: 50 });
  await firstValueFrom(second.progress$.pipe(filter(({ state }) => state === "running")));
  await root.close();
  const again = connectAgain();
  const attached = await again.downloads.get(second.id);
  expect(attached?.store).toBe("hiking");
  expect(await attached?.done).toMatchObject({ state: "completed", changed: count });
  expect(await again.store("hiking").stats()).toMatchObject({ length: count });
  await again.close();
}

/** In the middle of a download the worker is killed: whatever waits for it is told, and nothing waits for ever. */
export async function isKilledInTheMiddle(root: Root, kill: () => unknown): Promise<Error> {
  const download: Download = root.store("hiking").download.startForeground(workerRegion, { reportIntervalMs: 1 });
  const shown = Promise.all([lastValueFrom(download.progress$), endOf(download.tiles$)]);
  const ends = [endOf(root.changes$), endOf(root.recovery.changes$), failureOf(download.done)];
  await firstValueFrom(download.progress$.pipe(filter(({ stored }) => stored > 0)));
  kill();
  ends.push(failureOf(download.pause()), failureOf(root.stats()));
  const lost = await Promise.all(ends);
  for (const error of lost) expect(error).toBeInstanceOf(ConnectionLostError);
  expect(await shown).toEqual([
    expect.objectContaining({ state: "failed", error: expect.objectContaining({ code: "CONNECTION_LOST" }) }),
    "completed",
  ]);
  expect(() => root.store("hiking").download.startForeground(workerRegion)).toThrow(ConnectionLostError);
  return lost[0] as Error;
}

function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "resolved",
    (error: unknown) => error,
  );
}

function endOf(source$: Observable<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    source$.subscribe({ error: resolve, complete: () => resolve("completed") });
  });
}
