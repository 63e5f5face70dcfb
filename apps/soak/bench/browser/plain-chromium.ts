import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright";

/** A Chromium as a user has it. Playwright's own way of driving one halves the speed of `fetch`, and hides what is done to hidden tabs. */
export interface PlainChromium {
  /** Evaluates an expression in the page, and returns what its promise brings. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly show: () => Promise<void>;
  /** Puts another tab before it. */
  readonly hide: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openPlainChromium(url: string): Promise<PlainChromium> {
  const profile = mkdtempSync(join(tmpdir(), "fmtc-bench-"));
  const program = process.env.CHROME_PATH ?? chromium.executablePath();
  const flags = ["--headless=new", "--no-sandbox", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  const browser = spawn(program, [...flags, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const session = await connect(await addressOf(browser));
  const { targetId } = await session.send("Target.createTarget", { url });
  const { sessionId } = await session.send("Target.attachToTarget", { targetId, flatten: true });
  const other = await session.send("Target.createTarget", { url: "about:blank" });
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await session.send(
      "Runtime.evaluate",
      { expression, awaitPromise: true, returnByValue: true },
      sessionId,
    );
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const activate = async (id: string, wanted: string) => {
    await session.send("Target.activateTarget", { targetId: id });
    await evaluate(`new Promise((resolve) => {
      const look = () => document.visibilityState === "${wanted}" && resolve();
      document.addEventListener("visibilitychange", look);
      look();
    })`);
  };
  await loaded(evaluate, url);
  await activate(targetId, "visible");
  return {
    evaluate,
    show: () => activate(targetId, "visible"),
    hide: () => activate(other.targetId, "hidden"),
    close: async () => {
      session.close();
      browser.kill();
      await once(browser, "exit");
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const PATIENCE_MS = 30_000;

/** Resolves once the page and its scripts have been loaded. */
async function loaded(evaluate: PlainChromium["evaluate"], url: string): Promise<void> {
  const isLoaded = `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`;
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await setTimeout(50)) {
    // What is asked while it goes from the empty page to this one is lost.
    if ((await evaluate(isLoaded).catch(() => false)) === true) return;
  }
  throw new Error(`Chromium has not loaded ${url} in ${PATIENCE_MS} ms.`);
}

/** Chromium says on its standard error where it listens. */
async function addressOf(browser: ChildProcess): Promise<string> {
  if (browser.stderr === null) throw new Error("Chromium has no standard error.");
  for await (const line of createInterface(browser.stderr)) {
    const [, address] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error("Chromium ended before it listened.");
}

// biome-ignore lint/suspicious/noExplicitAny: what the protocol answers depends on what it is asked.
type Answer = any;

async function connect(address: string) {
  const socket = new WebSocket(address);
  await once(socket, "open");
  const waiting = new Map<
    number,
    { readonly resolve: (value: Answer) => void; readonly reject: (error: Error) => void }
  >();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const { id, result, error } = JSON.parse(data);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(new Error(error.message));
  });
  socket.addEventListener("close", () => {
    for (const { reject } of waiting.values()) reject(new Error("Chromium has closed the connection."));
  });
  return {
    send: (method: string, params: object, sessionId?: string): Promise<Answer> =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params, sessionId }));
      }),
    close: () => socket.close(),
  };
}
