import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Campaign, type Round } from "./campaign.ts";
import { seededDice } from "./dice.ts";
import { testFolder } from "./test-folder.ts";
import { startTileServer, type TileServer } from "./tile-server.ts";

// FMTC_RUNS=200 for a long run. Moments are random by a seed; where in its work a process is by then is not.
const KILLS = Number(process.env.FMTC_RUNS ?? 15);
const SEED = Number(process.env.FMTC_SEED ?? 20_231_107);
/** A process that starts, downloads and is looked after, on a slow machine. */
const LONG_ENOUGH_MS = 60_000 + KILLS * 10_000;

let server: TileServer;
beforeAll(async () => {
  server = await startTileServer("--throughput");
});
beforeEach(async () => void (await server.heal()));
afterAll(() => server.stop());

test(
  `nothing that was committed is asked for again, and nothing is left out, over ${KILLS} kills (seed ${SEED})`,
  async () => {
    await server.change({ latency: { minMs: 1, maxMs: 15 } });
    expect(await killAgainAndAgain(SEED)).toBe(0);
  },
  LONG_ENOUGH_MS,
);

test(
  `the same with tiles that fail, now or for good, over ${KILLS} kills (seed ${SEED + 1})`,
  async () => {
    await server.change({
      latency: { minMs: 1, maxMs: 15 },
      errors: { "500": 0.05, "404": 0.05 },
      resets: 0.05,
      truncated: 0.05,
      html: 0.02,
    });
    expect(await killAgainAndAgain(SEED + 1)).toBeGreaterThan(0);
  },
  LONG_ENOUGH_MS,
);

/** Downloads one after the other, as many as it takes. Returns how many tiles have failed. */
async function killAgainAndAgain(seed: number): Promise<number> {
  const dice = seededDice(seed);
  const folder = testFolder();
  let failed = 0;
  for (let kills = 0, database = 0; kills < KILLS; database++) {
    await server.forgetStats();
    const campaign = new Campaign(server, join(folder, `${database}.db`), dice);
    let end: Round["end"];
    while (end === undefined && kills < KILLS) {
      const round = await campaign.round();
      end = round.end;
      if (round.wasKilled) kills += 1;
    }
    await campaign.expectComplete(end ?? (await campaign.finish()));
    failed += await campaign.expectRetried();
  }
  return failed;
}
