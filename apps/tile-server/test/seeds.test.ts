import { describe, expect, it } from "vitest";
import { decide, versionOf } from "../src/faults/decide.ts";
import { fractionOf } from "../src/faults/fraction-of.ts";
import { latencyAt } from "../src/faults/latency-at.ts";
import { parseFaults } from "../src/faults/parse-faults.ts";
import { control, get, startServer } from "./start-server.ts";

const shares = { errors: { 500: 0.2, 404: 0.1 }, resets: 0.1, truncated: 0.1, html: 0.1, blocked: 0.1 };
const latency = { minMs: 0, maxMs: 3 };
const paths = Array.from({ length: 30 }, (_, x) => `/vector/5/${x}/10.pbf`);

/** What becomes of three requests for each path, by path and attempt. */
async function run(seed: number, inOrder: (requests: (() => Promise<unknown>)[]) => Promise<unknown>) {
  const server = await startServer({ faults: { seed, latency, ...shares } });
  const requests = [1, 2, 3].flatMap(() => paths.map((path) => () => get(server, path).catch(() => undefined)));
  await inOrder(requests);
  const outcomes = server.log.entries.map(
    ({ path, attempt, outcome, latencyMs }) => [`${path} ${attempt}`, `${outcome} ${latencyMs}`] as const,
  );
  return Object.fromEntries(outcomes.sort());
}

const oneByOne = async (requests: (() => Promise<unknown>)[]) => {
  for (const send of requests) await send();
};
const allAtOnce = (requests: (() => Promise<unknown>)[]) => Promise.all(requests.toReversed().map((send) => send()));

describe("a seed", () => {
  it("repeats a run, in whatever order and however many at once the requests come", async () => {
    const first = await run(7, oneByOne);
    expect(Object.keys(first).length).toBe(90);
    expect(new Set(Object.values(first).map((text) => text.split(" ")[0]))).toEqual(
      new Set(["ok", "500", "404", "reset", "truncate", "html", "blocked"]),
    );
    expect(await run(7, allAtOnce)).toEqual(first);
    expect(await run(8, oneByOne)).not.toEqual(first);
  });

  it("counts attempts anew when the faults are set", async () => {
    const server = await startServer({ faults: { seed: 3, errors: { 500: 0.5 } } });
    const statuses = async () => {
      const all = [];
      for (let i = 0; i < 20; i++) all.push((await get(server, "/vector/5/0/10.pbf")).status);
      return all;
    };
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await statuses()).not.toEqual(first);
    await control(server, "DELETE");
    expect(await statuses()).toEqual(first);
  });
});

describe("shares", () => {
  it("are met by many requests", () => {
    const faults = parseFaults({ seed: 1, ...shares, drip: { share: 0.3, bytesPerSecond: 10 } });
    const decisions = Array.from({ length: 20_000 }, (_, i) =>
      decide(faults, `/xyz/15/${i % 200}/${i}.png`, 1 + (i % 3)),
    );
    const shareOf = (outcome: string) => decisions.filter((decision) => decision.outcome === outcome).length / 20_000;
    expect(shareOf("500")).toBeCloseTo(0.2, 1.7);
    expect(shareOf("ok")).toBeCloseTo(0.3, 1.7);
    for (const outcome of ["404", "reset", "truncate", "html", "blocked"])
      expect(shareOf(outcome)).toBeCloseTo(0.1, 1.7);
    const drips = decisions.filter(({ bytesPerSecond }) => bytesPerSecond === 10).length;
    expect(drips / 20_000).toBeCloseTo(0.3, 1.7);
  });

  it("of a new version add up over versions", () => {
    const faults = parseFaults({ map: { version: 3, changedShare: 0.5 } });
    const versions = Array.from({ length: 4000 }, (_, i) => versionOf(faults, `/xyz/12/${i}/1.png`));
    const shareOf = (version: number) => versions.filter((it) => it === version).length / 4000;
    expect(shareOf(3)).toBeCloseTo(0.5, 1);
    expect(shareOf(2)).toBeCloseTo(0.25, 1);
    expect(shareOf(1)).toBeCloseTo(0.25, 1);
  });

  it("fall evenly, and with nothing in common between neighbours", () => {
    const fractions = Array.from({ length: 10_000 }, (_, i) => fractionOf(1, `/xyz/14/${i}/0.png`, 1, "outcome"));
    const mean = fractions.reduce((a, b) => a + b, 0) / 10_000;
    const product = fractions.reduce((sum, it, i) => sum + (it - 0.5) * ((fractions[i + 1] ?? 0.5) - 0.5), 0) / 10_000;
    expect(mean).toBeCloseTo(0.5, 1.5);
    expect(Math.abs(product)).toBeLessThan(0.005);
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...fractions)).toBeLessThan(1);
  });
});

describe("the distribution of latency", () => {
  it.each([
    [{ ms: 40 }, [40, 40, 40]],
    [{ minMs: 50, maxMs: 150 }, [60, 100, 140]],
    // A log-normal distribution's deciles: median · e^(±1.2816 σ).
    [{ medianMs: 100, sigma: 0.5 }, [52.69, 100, 189.8]],
  ])("of %j has its first, fifth and ninth decile", (given, deciles) => {
    const found = [0.1, 0.5, 0.9].map((quantile) => latencyAt(given, quantile));
    found.forEach((ms, i) => {
      expect(ms / (deciles[i] ?? 0)).toBeCloseTo(1, 2);
    });
  });

  it("has an end", () => {
    expect(latencyAt({ medianMs: 60_000, sigma: 5 }, 0.9999)).toBe(600_000);
  });
});

it("follows a plan for a path's first attempts", async () => {
  const planned = { "/xyz/1/0/0.png": ["503", 404, "html", "ok"], "/xyz/1/1/0.png": ["500"] };
  const server = await startServer({ faults: { planned } });
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push((await get(server, "/xyz/1/0/0.png")).status);
  expect(statuses).toEqual([503, 404, 200, 200, 200]);
  expect(server.log.entries.map(({ outcome }) => outcome)).toEqual(["503", "404", "html", "ok", "ok"]);
  expect((await get(server, "/xyz/1/1/0.png?key=1")).status).toBe(500);
  expect((await get(server, "/xyz/1/0/1.png")).status).toBe(200);
});
