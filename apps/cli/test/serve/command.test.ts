import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Ended, startFmtc } from "../commands/fmtc.ts";
import { TILES, Workshop } from "../commands/workshop.ts";
import { pngOf, serve } from "./served.ts";

const workshop = new Workshop();
const { download, inFile, run } = workshop;

interface Ready {
  readonly url: string;
  readonly urls: readonly string[];
  readonly warning?: string;
  readonly pid: number;
  readonly addresses: readonly { store: string; source: string; tiles: string; tileJson: string }[];
}

/** `fmtc serve`, once it says that it is ready. */
async function started(...args: string[]): Promise<Ready & { stop: (signal?: NodeJS.Signals) => Promise<Ended> }> {
  const words = ["serve", "--port", "0", "--json", "--db", "tiles.db", ...args];
  const { child, ended } = startFmtc(words, { cwd: workshop.cwd });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (text: string) => resolve(text));
    ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  const stop = (signal: NodeJS.Signals = "SIGINT") => {
    child.kill(signal);
    return ended;
  };
  expect(JSON.parse(line).pid).toBe(child.pid);
  return { ...(JSON.parse(line) as Ready), stop };
}

describe("fmtc serve", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "gives what was downloaded, until %s, which is its normal end",
    async (signal) => {
      await run(...download("--source", "topo"));
      const { url, addresses, stop } = await started("hiking");
      expect(addresses).toEqual([
        { store: "hiking", source: "topo", tiles: `${url}/hiking/{z}/{x}/{y}.png`, tileJson: `${url}/hiking.json` },
      ]);
      const original = await fetch(workshop.server.tiles.replace("{z}/{x}/{y}", "8/127/85"));
      const tile = await fetch(`${url}/hiking/8/127/85.png`);
      expect(await tile.bytes()).toEqual(await original.bytes());
      expect(tile.headers.get("etag")).toBe(original.headers.get("etag"));
      expect(await (await fetch(`${url}/hiking.json`)).json()).toMatchObject({ minzoom: 8, maxzoom: 14 });
      expect(await stop(signal)).toMatchObject({ code: 0, stderr: "" });
    },
  );

  it("that everybody can reach says so, and gives its own addresses first", async () => {
    await run(...download("--source", "topo"));
    const own = await started();
    expect([own.urls, own.warning]).toEqual([[own.url], undefined]);
    const { url, urls, addresses, warning, stop } = await started("--host", "0.0.0.0");
    expect(warning).toBe("Everybody who can reach this machine at 0.0.0.0 can read these maps.");
    expect(urls.at(-1)).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(url).toBe(urls[0]);
    expect(addresses[0]?.tiles).toBe(`${url}/hiking/{z}/{x}/{y}.png`);
    for (const each of urls) expect((await fetch(`${each}/hiking/8/127/85.png`)).status).toBe(200);
    await stop();
    const { child, ended } = startFmtc(["serve", "--port", "0", "--host", "0.0.0.0", "--db", "tiles.db"], {
      cwd: workshop.cwd,
    });
    await once(child.stderr ?? child, "data");
    child.kill("SIGINT");
    const { stdout, stderr } = await ended;
    const portless = stdout.replace(/:\d+\//g, "/").trimEnd();
    expect(portless.endsWith(urls.map((each) => each.replace(/:\d+$/, "/")).join(" or "))).toBe(true);
    expect(stderr).toBe(`${warning}\nCtrl-C ends it.\n`);
  });

  it("goes on when nobody reads what it says any more", async () => {
    await run(...download("--source", "topo"));
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    other.close();
    await once(other, "close");
    const words = ["serve", "--port", `${port}`, "--json", "--db", "tiles.db"];
    const { child, ended } = startFmtc(words, { cwd: workshop.cwd });
    child.stdout?.destroy();
    const read = async () => (await fetch(`http://127.0.0.1:${port}/hiking/8/127/85.png`)).status;
    await vi.waitFor(async () => expect(await read()).toBe(200), { timeout: 20_000 });
    for (let i = 0; i < 50; i++) expect(await read()).toBe(200);
    expect(child.kill("SIGINT")).toBe(true);
    expect(await ended).toMatchObject({ code: 141, stderr: "" });
  });

  it("knows as much of its sources as the environment lets it", async () => {
    await run(...download("--source", "topo"));
    const url = "https://tiles.example.org/{z}/{x}/{y}.png";
    const sources = [
      { id: "keyed", url: `${url}?key={key}`, parameters: { key: "$FMTC_NOWHERE" } },
      { id: "topo", url, attribution: "© us" },
    ];
    await writeFile(join(workshop.cwd, "fmtc.config.json"), JSON.stringify({ sources }));
    const server = await started();
    expect(await (await fetch(`${server.url}/hiking.json`)).json()).toMatchObject({ attribution: "© us" });
    expect((await server.stop()).code).toBe(0);
  });

  it("prints URLs to copy to people", async () => {
    await run(...download("--source", "topo"));
    const { child, ended } = startFmtc(["serve", "--port", "0", "--db", "tiles.db"], { cwd: workshop.cwd });
    await once(child.stderr ?? child, "data");
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^hiking +topo +http:\/\/127\.0\.0\.1:\d+\/hiking\/\{z\}\/\{x\}\/\{y\}\.png$/m);
    expect(stdout).toMatch(/\nAll of it, to look at: http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(stderr).toBe("Ctrl-C ends it.\n");
  });

  it("reads through, into a store that it makes, with what the configuration says", async () => {
    const agents: (string | undefined)[] = [];
    const origin = createServer(({ headers }, response) => {
      agents.push(headers["user-agent"]);
      response.end(pngOf("a tile"));
    }).listen(0, "127.0.0.1");
    await once(origin, "listening");
    onTestFinished(() => void origin.close());
    const { port } = origin.address() as AddressInfo;
    const config = {
      contact: "https://example.org/about",
      sources: [{ id: "topo", url: `http://127.0.0.1:${port}/{z}/{x}/{y}.png`, attribution: "© us" }],
    };
    await writeFile(join(workshop.cwd, "fmtc.config.json"), JSON.stringify(config));
    const { url, stop } = await started("new", "--read-through", "--allow-origin", "https://maps.example.org");
    const headers = { origin: "https://maps.example.org" };
    expect((await fetch(`${url}/new/8/127/85.png`, { headers })).status).toBe(200);
    expect(agents).toEqual([expect.stringContaining("https://example.org/about")]);
    expect((await fetch(`${url}/new/8/127/86.png`, { headers: { origin: "https://example.org" } })).status).toBe(404);
    expect(await (await fetch(`${url}/new.json`)).json()).toMatchObject({ attribution: "© us", maxzoom: 24 });
    expect((await stop()).code).toBe(0);
    await inFile(async (store) => {
      expect(await store.stores.stats("new")).toMatchObject({ length: 1, pinnedLength: 0 });
    });
  });

  it.each<[string, readonly string[], number, string | RegExp]>([
    ["no file", [], 1, /^There is no file .*tiles\.db yet/],
    ["a port that is none", ["--port", "80x"], 2, '--port is "80x", but must be a whole number from 0 to 65,535.\n'],
    [
      "a port that nobody would know",
      ["--quiet", "--port", "0"],
      2,
      "--quiet says nothing, so nobody would know the port: give a --port other than 0.\n",
    ],
    ["an empty host", ["--host", ""], 2, "--host is empty: give an address, such as 0.0.0.0 for everybody.\n"],
    ["an empty store", [""], 2, "STORE is empty: give a name, such as hiking.\n"],
    [
      "a source in vain",
      ["--url", "https://a.org/{z}/{x}/{y}"],
      2,
      "--url is of use with --read-through alone: nothing is asked for without it.\n",
    ],
    ["reading through from nowhere", ["--read-through"], 2, /^There is no source: /],
    [
      "an origin with a path",
      ["--read-through", "--url", "https://a.org/{z}/{x}/{y}", "--allow-origin", "https://b.org/map"],
      2,
      /^--allow-origin is "https:\/\/b\.org\/map", but must be like/,
    ],
  ])("refuses %s", async (_, args, code, stderr) => {
    const ended = await run("serve", "--db", "tiles.db", ...args);
    expect(ended).toEqual({
      code,
      stdout: "",
      stderr: typeof stderr === "string" ? stderr : expect.stringMatching(stderr),
    });
  });

  it("refuses what is not there, and where it cannot listen", async () => {
    await run(...download());
    const missing = await run("serve", "hikin", "--db", "tiles.db");
    expect(missing).toEqual({ code: 1, stdout: "", stderr: 'There is no store "hikin". There is "hiking".\n' });
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    expect(await run("serve", "--db", "tiles.db", "--port", `${port}`)).toEqual({
      code: 1,
      stdout: "",
      stderr: `Port ${port} is taken by another program: give another --port, or --port 0 for any that is free.\n`,
    });
    other.close();
    const elsewhere = await run("serve", "--db", "tiles.db", "--port", "0", "--host", "192.0.2.1", "--json");
    expect(elsewhere.code).toBe(1);
    expect(JSON.parse(elsewhere.stdout)).toEqual({
      error: { code: "EADDRNOTAVAIL", message: expect.stringContaining('"192.0.2.1" is no address of this machine') },
    });
  });
});

describe("a server of a file", () => {
  it("gives what another process downloads into it meanwhile", async () => {
    await run(...download("--source", "topo").map((word) => (word === "8-14" ? "8-9" : word)));
    await inFile(async (store) => {
      const { url } = await serve(store);
      const document = async () => (await fetch(`${url}/hiking.json`)).json();
      expect(await document()).toMatchObject({ minzoom: 8, maxzoom: 9 });
      expect((await fetch(`${url}/hiking/14/8185/5448`)).status).toBe(404);
      const { child, ended } = await workshop.begun("--source", "topo");
      await vi.waitFor(async () => expect((await document()).maxzoom).toBeGreaterThan(9), { timeout: 30_000 });
      expect(child.exitCode).toBeNull();
      expect((await ended).code).toBe(0);
      expect((await store.stores.stats("hiking")).length).toBe(TILES);
      expect(await document()).toMatchObject({ minzoom: 8, maxzoom: 14 });
      expect((await fetch(`${url}/hiking/14/8185/5448`)).status).toBe(200);
    });
  });
});
