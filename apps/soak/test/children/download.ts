import { setTimeout } from "node:timers/promises";
import { type Download, DownloadInProgressError, FmtcError, openRoot, type Root } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { undiciTransport } from "@fmtc/transport-undici";
import { distinctUntilChanged, filter, map } from "rxjs";
import { clockAhead } from "../clock-ahead.ts";
import { sourceOf } from "../source.ts";
import type { Task, Told } from "../task.ts";

const task = JSON.parse(process.argv[2] ?? "") as Task;
const { database, url, leaseMs, clockErrorMs = 0 } = task;

const root = await openRoot({
  store: await openSqliteStore(database),
  transport: undiciTransport({ appId: "fmtc-soak/1.0" }),
  sources: [sourceOf(url)],
  leaseMs,
  scheduler: clockErrorMs === 0 ? undefined : clockAhead(clockErrorMs),
});
tell({ told: "open" });
const download = await beginOrTell();
if (download !== undefined) await follow(download);
await root.close();

async function beginOrTell(): Promise<Download | undefined> {
  try {
    return await begin(root);
  } catch (error) {
    tell({ told: "refused", code: codeOf(error) });
    if (task.patient !== true || !DownloadInProgressError.isInstance(error)) return undefined;
    await setTimeout(error.lease.expiresAt - Date.now());
    return beginOrTell();
  }
}

async function begin({ recovery, store }: Root): Promise<Download> {
  const { id, what, region, options } = task;
  if (what === "retry") return recovery.retryFailed(id);
  if (what === "resume" || (await recovery.get(id)) !== undefined) return recovery.resume(id);
  await store("hiking").manage.create();
  return store("hiking").download.startForeground(region, { ...options, id });
}

async function follow({ progress$, done }: Download): Promise<void> {
  tell({ told: "running" });
  const safe$ = progress$.pipe(
    map(({ flushed }) => flushed),
    filter((tiles) => tiles > 0),
    distinctUntilChanged(),
  );
  safe$.subscribe({ next: (tiles) => tell({ told: "safe", tiles }), error: () => {} });
  await done.then(
    (progress) => tell({ told: "done", progress }),
    (error: unknown) => tell({ told: "failed", code: codeOf(error) }),
  );
}

function tell(told: Told): undefined {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

/** What is not ours is a mistake, and ends the child. */
function codeOf(error: unknown): string {
  if (FmtcError.isInstance(error)) return error.code;
  throw error;
}
