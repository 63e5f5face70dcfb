import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { bundle } from "../../../tools/bench/bundle.ts";
import type { Sides } from "../../../tools/bench/define-benchmark.ts";

let pageScript: Promise<string> | undefined;

/** Prepares a case of `page.ts` in a Chromium with a fresh profile on the disk: contexts without one keep all in memory. */
export async function sidesInChromium(name: string): Promise<Sides> {
  pageScript ??= bundle(new URL("./page.ts", import.meta.url));
  const script = await pageScript;
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const profile = mkdtempSync(join(tmpdir(), "fmtc-bench-"));
  const { CHROME_PATH } = process.env;
  const context = await chromium.launchPersistentContext(profile, CHROME_PATH ? { executablePath: CHROME_PATH } : {});
  const cleanUp = async () => {
    await context.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  };
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    // A port is there once a server listens; before, the address would be a path.
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.evaluate(async (key) => {
      const prepare = globalThis.casesInPage[key];
      if (prepare === undefined) throw new Error(`page.ts has no case "${key}".`);
      globalThis.sidesInPage = await prepare();
    }, name);
    return {
      baseline: () => page.evaluate(() => globalThis.sidesInPage.baseline()),
      candidate: () => page.evaluate(() => globalThis.sidesInPage.candidate()),
      cleanUp,
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}
