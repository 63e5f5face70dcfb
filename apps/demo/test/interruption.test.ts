import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { countTiles, type RunningDemo, startDemo } from "./start-demo.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const demos: RunningDemo[] = [];
afterAll(() => {
  for (const demo of demos) demo.signalAll("SIGKILL");
});

/** A demo whose download has begun, but is not half-way. */
async function startDownloading(name: string, env: NodeJS.ProcessEnv = {}): Promise<RunningDemo> {
  const demo = startDemo(folder, ["--out", name], env);
  demos.push(demo);
  const database = join(folder, name, "demo-tiles.db");
  await vi.waitFor(
    async () => {
      expect(existsSync(database), demo.stderr()).toBe(true);
      expect(await countTiles(database)).toBeGreaterThan(0);
    },
    { timeout: 50_000, interval: 50 },
  );
  return demo;
}

const nothingIsLeft = (demo: RunningDemo) =>
  vi.waitFor(() => expect(demo.isAnythingLeft()).toBe(false), { timeout: 10_000, interval: 20 });

describe.concurrent("an interruption", () => {
  test("Ctrl-C ends the demo and all that it has started", async () => {
    const demo = await startDownloading("ctrl-c", { FORCE_COLOR: "1" });
    demo.signalAll("SIGINT");
    expect(await demo.ended).toBe(130);
    expect(demo.isAnythingLeft()).toBe(false);
    expect(demo.stdout()).not.toContain("kill -9");
    expect(demo.stdout(), "colours, where they are wanted").toContain("\u001b[1m");
  });

  test("what is started ends with the demo, when that alone is asked to end", async () => {
    const demo = await startDownloading("terminated");
    demo.signal("SIGTERM");
    expect(await demo.ended).toBe(143);
    expect(demo.isAnythingLeft()).toBe(false);
  });

  test("what is started ends with the demo, when that is killed", async () => {
    const demo = await startDownloading("killed");
    demo.signal("SIGKILL");
    expect(await demo.ended).toBe("SIGKILL");
    await nothingIsLeft(demo);
  });

  test("it ends when nobody reads it any more", async () => {
    const demo = await startDownloading("unread");
    demo.closeStdout();
    expect(await demo.ended).toBe(1);
    expect(demo.isAnythingLeft()).toBe(false);
  });
});
