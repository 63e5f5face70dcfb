import { type AddressInfo, createServer } from "node:net";
import { PassThrough } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { parseArguments } from "../src/cli/parse-arguments.ts";
import { watchKeys } from "../src/cli/watch-keys.ts";
import { FaultState } from "../src/faults/fault-state.ts";
import { NO_FAULTS } from "../src/faults/faults.ts";
import { control, get, startServer } from "./start-server.ts";
import { startProcess } from "./tile-server-process.ts";

describe("the process", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "says in one line of JSON that it is ready, and ends by %s",
    async (signal) => {
      const { child, firstLine, ended } = startProcess("--port", "0", "--json");
      const ready = JSON.parse(await firstLine);
      expect(ready).toMatchObject({ ready: true, url: `http://127.0.0.1:${ready.port}`, pid: child.pid });
      expect(ready.addresses.xyz).toBe(`${ready.url}/xyz/{z}/{x}/{y}.png`);
      expect((await get(ready, "/xyz/3/4/2.png")).status).toBe(200);
      child.kill(signal);
      expect(await ended).toMatchObject({ code: 0, signal: null, stderr: "", stdout: `${await firstLine}\n` });
    },
  );

  it("is offline if asked to, and says how to end that", async () => {
    const { child, firstLine, ended } = startProcess("--port", "0", "--offline");
    const url = (await firstLine).replace("The world is at ", "");
    await expect(get({ url }, "/xyz/3/4/2.png")).rejects.toThrow("ECONNREFUSED");
    child.kill("SIGTERM");
    const { stdout, code } = await ended;
    expect(stdout).toMatch(/It is offline\. To end that: curl -X PATCH -d '\{"offline":false\}' http:\S+\/control/);
    expect(code).toBe(0);
  });

  it("has its control endpoint on the port it was given, and takes requests there while it is offline", async () => {
    const given = await freePort();
    const { firstLine } = startProcess("--port", "0", "--control-port", `${given}`, "--offline", "--json");
    const { url, controlUrl, addresses } = JSON.parse(await firstLine);
    expect([controlUrl, addresses.stats]).toEqual([`http://127.0.0.1:${given}`, `http://127.0.0.1:${given}/stats`]);
    await control({ url: controlUrl }, "PATCH", { offline: false });
    expect((await get({ url }, "/xyz/3/4/2.png")).status).toBe(200);
  });

  it("ends with its standard input, if asked to", async () => {
    const { child, firstLine, ended } = startProcess("--port", "0", "--json", "--exit-with-stdin");
    await firstLine;
    child.stdin?.end();
    expect(await ended).toMatchObject({ code: 0, signal: null });
  });

  it("prints the addresses of all there is, and a line for each request with --log", async () => {
    const { child, firstLine, ended } = startProcess("--port", "0", "--log", "--error", "503=1");
    const url = (await firstLine).replace("The world is at ", "");
    expect((await get({ url }, "/xyz/3/4/2.png")).status).toBe(503);
    child.kill("SIGTERM");
    const { stdout } = await ended;
    for (const path of ["/xyz/{z}/{x}/{y}@2x.png", "/tms/{z}/{x}/{y}.png", "/wms?", "/vector.json", "/style.json"]) {
      expect(stdout).toContain(url + path);
    }
    expect(stdout).toContain("503 GET /xyz/3/4/2.png 42 B\n");
  });

  it("says that a port is taken", async () => {
    const { port } = await startServer();
    const { code, stderr } = await startProcess("--port", `${port}`).ended;
    expect(code).toBe(1);
    expect(stderr).toBe(
      `listen EADDRINUSE: address already in use 127.0.0.1:${port}. Give another --port, or --port 0 for any that is free.\n`,
    );
  });

  it("shows how to use it", async () => {
    const { code, stdout } = await startProcess("--help").ended;
    expect(code).toBe(0);
    expect(stdout).toContain("--rate-limit");
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("arguments", () => {
  it("are refused with a sentence in the process", async () => {
    const { code, stdout, stderr } = await startProcess("--prot", "1").ended;
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: "Unknown option '--prot'. See --help.\n" });
  });

  it.each([
    [["world"], "Unexpected argument 'world'"],
    [["--port"], "Option '--port <value>' argument missing"],
    [["--port", "70000"], "--port is 70000: give a whole number from 0 to 65535."],
    [["--port", "80a"], '--port has "80a" where a number belongs.'],
    [["--control-port", "-1"], "--control-port"],
    [["--cors", "half"], '--cors is "half": give "open" or "strict".'],
    [["--latency", "fast"], '--latency has "fast" where a number belongs.'],
    [["--latency", "300..50"], "faults.latency.minMs is 300, more than maxMs, 50: swap them."],
    [["--error", "500"], '--error is "500": write a status and a share, such as --error 500=0.1.'],
    [["--error", "200=1"], 'faults.errors has the status "200"'],
    [["--reset", "2"], "faults.resets is 2: give a number from 0 to 1."],
    [["--burst", "2"], "--burst and --retry-after belong to --rate-limit: give that too."],
  ])("%j are refused", (args, sentence) => {
    expect(() => parseArguments(args)).toThrow(sentence);
  });

  it("describe the faults", () => {
    const line =
      "--seed 5 --error 500=0.1 --error 404=0.2 --reset 0.1 --truncate 0.1 --html 0.1 --blocked 0.1 --drip 1000 --rate-limit 20 --burst 5 --retry-after 3 --offline --map-version 4";
    expect(parseArguments(line.split(" ")).options.faults).toEqual({
      ...NO_FAULTS,
      seed: 5,
      errors: { 500: 0.1, 404: 0.2 },
      resets: 0.1,
      truncated: 0.1,
      html: 0.1,
      blocked: 0.1,
      drip: { share: 1, bytesPerSecond: 1000 },
      rateLimit: { perSecond: 20, burst: 5, retryAfterSeconds: 3, retryAfterAs: "seconds" },
      offline: true,
      map: { version: 4, changedShare: 1 },
    });
  });

  it.each([
    ["200", { ms: 200 }],
    ["50..300", { minMs: 50, maxMs: 300 }],
    ["120~0.5", { medianMs: 120, sigma: 0.5 }],
  ])("describe latency as %s", (text, latency) => {
    expect(parseArguments(["--latency", text]).options.faults.latency).toEqual(latency);
  });

  it("leave everything as it is by default, on this machine only", () => {
    const { options } = parseArguments([]);
    expect(options).toMatchObject({ host: "127.0.0.1", http2: false, cors: "open", faults: NO_FAULTS, log: false });
  });
});

describe("keys", () => {
  const keyboard = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY, setRawMode: vi.fn() });
  const UP = "\u001b[A";
  const DOWN = "\u001b[B";

  it("change the latency, and quit", async () => {
    const stdin = keyboard(true);
    const faults = new FaultState({ ...NO_FAULTS, latency: { minMs: 50, maxMs: 150 }, errors: { 500: 1 } });
    const said: string[] = [];
    const quit = new Promise<void>((resolve) => watchKeys(stdin, faults, (line) => said.push(line), resolve));
    stdin.write(UP + UP + DOWN.repeat(7) + UP);
    stdin.write("q");
    await quit;
    expect(said.map((line) => line.replace(/\D/g, ""))).toEqual("125 150 125 100 75 50 25 0 0 25".split(" "));
    expect(faults.current).toMatchObject({ latency: { ms: 25 }, errors: { 500: 1 } });
    expect(stdin.setRawMode).toHaveBeenCalledWith(true);
  });

  it("do not exist in a pipe", () => {
    const stdin = keyboard(false);
    watchKeys(
      stdin,
      new FaultState(NO_FAULTS),
      () => {},
      () => {},
    );
    expect(stdin.setRawMode).not.toHaveBeenCalled();
    expect(stdin.listenerCount("keypress")).toBe(0);
  });
});
