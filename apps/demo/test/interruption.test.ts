import { execFileSync } from "node:child_process";
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

function start(name: string, env: NodeJS.ProcessEnv = {}): RunningDemo {
  const demo = startDemo(folder, ["--out", name], env);
  demos.push(demo);
  return demo;
}

/** A demo whose download has begun, but is not half-way. */
async function startDownloading(name: string, env: NodeJS.ProcessEnv = {}): Promise<RunningDemo> {
  const demo = start(name, env);
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

const lastLine = (demo: RunningDemo) => demo.stderr().trimEnd().split("\n").at(-1);

describe.concurrent("an interruption", () => {
  test("Ctrl-C ends the demo and all that it has started; no other demo has disturbed it", async () => {
    const demo = await startDownloading("ctrl-c", { FORCE_COLOR: "1" });
    const other = start("ctrl-c");
    expect(await other.ended).toBe(1);
    expect(lastLine(other)).toMatch(/^Another demo is at work in .*ctrl-c: wait for its end/);
    demo.signalAll("SIGINT");
    expect(await demo.ended).toBe(130);
    expect(demo.isAnythingLeft()).toBe(false);
    expect(lastLine(demo)).toBe("Interrupted: npm run demo begins anew.");
    expect(demo.stdout(), "colours, where they are wanted").toContain("\u001b[1m");
    expect(await countTiles(join(folder, "ctrl-c/demo-tiles.db"))).toBeGreaterThan(0);
  });

  test("what is started ends with the demo, when that alone is asked to end", async () => {
    const demo = await startDownloading("terminated");
    demo.signal("SIGTERM");
    expect(await demo.ended).toBe(143);
    expect(demo.isAnythingLeft()).toBe(false);
    expect(demo.stdout(), "that it went on").not.toContain("kill -9");
    expect(demo.stderr(), "advice that needs the tile server").not.toContain("To go on");
    expect(lastLine(demo)).toBe("Interrupted: npm run demo begins anew.");
  });

  test("what is started ends with the demo, when that is killed", async () => {
    const demo = await startDownloading("killed");
    demo.signal("SIGKILL");
    expect(await demo.ended).toBe("SIGKILL");
    await nothingIsLeft(demo);
  });

  test("it ends when the tile server does", async () => {
    const demo = start("lost");
    await vi.waitFor(() => expect(demo.stdout()).toContain("fmtc -- count"), { timeout: 50_000, interval: 20 });
    process.kill(tileServerOf(demo), "SIGKILL");
    expect(await demo.ended).toBe(1);
    expect(demo.isAnythingLeft()).toBe(false);
    expect(lastLine(demo)).toMatch(/^The tile server has ended in the middle of the demo/);
  });

  test("it ends when nobody reads it any more", async () => {
    const demo = start("unread");
    await vi.waitFor(() => expect(demo.stdout()).not.toBe(""), { timeout: 50_000, interval: 20 });
    demo.closeStdout();
    expect(await demo.ended).toBe(1);
    expect(demo.isAnythingLeft()).toBe(false);
  });
});

/** The id of the process. */
function tileServerOf({ pid }: RunningDemo): number {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  for (const line of processes.split("\n")) {
    const [, id, parent, words] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? [];
    if (Number(parent) === pid && words?.includes("tile-server/src/main.ts")) return Number(id);
  }
  throw new Error(`The demo ${pid} has no tile server in:\n${processes}`);
}
