import { TransportError, type TransportResponse } from "@fmtc/core";
import { delay, firstValueFrom, of, throwError, VirtualTimeScheduler } from "rxjs";
import { describe, expect, it } from "vitest";
import { FoundSea, learnSea, seaSamplesOf } from "../../src/download/sea.ts";

const SEA = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1]);
const ICE = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 2]);
const source = { id: "s", url: "/{z}/{x}/{y}" };
const response = (body: Uint8Array<ArrayBuffer>, status = 200): TransportResponse => ({ status, headers: {}, body });

describe("seaSamplesOf", () => {
  it("are in the oceans, at zoom 17 or the last that the source has", () => {
    expect(seaSamplesOf(source)).toEqual([
      { z: 17, x: 65_536, y: 65_536 },
      { z: 17, x: 0, y: 0 },
    ]);
    expect(seaSamplesOf({ ...source, maxZoom: 10 })).toEqual([
      { z: 10, x: 512, y: 512 },
      { z: 10, x: 0, y: 0 },
    ]);
  });

  it("are no deeper than the source's policy allows", () => {
    expect(seaSamplesOf({ ...source, policy: { bulk: "allowed", maxBulkZoom: 12 } })).toEqual([
      { z: 12, x: 2_048, y: 2_048 },
      { z: 12, x: 0, y: 0 },
    ]);
  });

  it("are none where there is land on them, or those that the source names", () => {
    expect(seaSamplesOf({ ...source, maxZoom: 7 })).toEqual([]);
    expect(seaSamplesOf({ ...source, seaTiles: [{ z: 3, x: 0, y: 4 }] })).toEqual([{ z: 3, x: 0, y: 4 }]);
  });
});

describe("learnSea", () => {
  const samples = seaSamplesOf(source);

  /** In virtual time. */
  const learn = async (fetch: Parameters<typeof learnSea>[1]) => {
    const scheduler = new VirtualTimeScheduler();
    const learning = firstValueFrom(learnSea(samples, fetch, { scheduler, chance: () => 0 }));
    scheduler.flush();
    return learning;
  };

  it("knows tiles that are equal to a sample, byte for byte", async () => {
    const { isSea, isSettled } = await learn(({ x }) => of(response(x === 0 ? ICE : SEA)).pipe(delay(0)));
    expect([SEA.slice(), ICE.slice(), SEA.slice(0, 8), Uint8Array.from([...SEA, 0])].map(isSea)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isSettled).toBe(true);
  });

  it("does without samples that are not to be had", async () => {
    const { isSea, isSettled } = await learn(({ x }) =>
      x === 0 ? throwError(() => new TransportError("timeout", "…")) : of(response(SEA)),
    );
    expect([SEA, ICE].map(isSea)).toEqual([true, false]);
    expect(isSettled).toBe(false);
    const none = await learn(() => of(response(SEA, 404)));
    expect([none.isSea(SEA), none.isSettled]).toEqual([false, true]);
  });

  it("asks again for a sample that fails once or twice, and not for ever", async () => {
    const answersAfter = (failures: number) => {
      const asked = new Map<number, number>();
      return ({ x }: { x: number }) => {
        const tries = (asked.get(x) ?? 0) + 1;
        asked.set(x, tries);
        if (tries > failures) return of(response(SEA));
        return x === 0 ? of(response(SEA, 503)) : throwError(() => new TransportError("interrupted", "…"));
      };
    };
    expect((await learn(answersAfter(2))).isSea(SEA)).toBe(true);
    const { isSea, isSettled } = await learn(answersAfter(3));
    expect([isSea(SEA), isSettled]).toEqual([false, false]);
  });
});

describe("FoundSea", () => {
  it("holds what lies within a sea tile, at any depth", () => {
    const sea = new FoundSea(3);
    sea.add({ z: 5, x: 10, y: 20 });
    expect(sea.holds({ z: 6, x: 20, y: 40 })).toBe(true);
    expect(sea.holds({ z: 6, x: 21, y: 41 })).toBe(true);
    expect(sea.holds({ z: 12, x: 10 * 128 + 5, y: 20 * 128 + 127 })).toBe(true);
    expect(sea.holds({ z: 6, x: 22, y: 40 })).toBe(false);
    expect(sea.holds({ z: 5, x: 10, y: 20 })).toBe(false);
    expect(sea.holds({ z: 4, x: 5, y: 10 })).toBe(false);
  });

  it("does not go by tiles above its zoom", () => {
    const sea = new FoundSea(3);
    sea.add({ z: 2, x: 0, y: 0 });
    expect(sea.holds({ z: 8, x: 0, y: 0 })).toBe(false);
  });
});
