import { describe, expect, it } from "vitest";
import { ServerRate } from "../../src/download/server-rate.ts";
import { SmoothedRate } from "../../src/download/smoothed-rate.ts";
import { TokenBucket } from "../../src/download/token-bucket.ts";

describe("TokenBucket", () => {
  it("gives everyone a time of his own, evenly", () => {
    const bucket = new TokenBucket(4);
    expect([0, 0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([0, 250, 500, 750, 1_000]);
  });

  it("makes up for what was not taken, but for one second at the most", () => {
    const bucket = new TokenBucket(4);
    bucket.take(0);
    expect(Array.from({ length: 6 }, () => bucket.take(60_000))).toEqual([0, 0, 0, 0, 250, 500]);
  });

  it("lets through what it says over any long time, however irregularly it is asked", () => {
    const bucket = new TokenBucket(50);
    let now = 0;
    let count = 0;
    for (let i = 0; now < 100_000; i++) {
      now += bucket.take(now) + (i % 7 === 0 ? 90 : 0);
      count += 1;
    }
    expect(count).toBeGreaterThan(4_900);
    expect(count).toBeLessThanOrEqual(5_050);
  });
});

describe("ServerRate", () => {
  /** Asks as often as it may for a while, and returns how often that was. */
  const ask = (rate: ServerRate, from: number, to: number, everyMs: number) => {
    let count = 0;
    for (let now = from; now < to; now += everyMs) {
      now += rate.take(now);
      count += 1;
    }
    return count;
  };

  it("has no limit until the server refuses, then half of what the server got", () => {
    const rate = new ServerRate();
    ask(rate, 0, 5_000, 10);
    expect(rate.perSecond).toBeUndefined();
    rate.refused(4_990, 5_000);
    expect(rate.perSecond).toBe(50);
    expect(ask(rate, 5_000, 10_000, 1)).toBeLessThanOrEqual(301);
  });

  it("halves once for all that were under way", () => {
    const rate = new ServerRate();
    ask(rate, 0, 5_000, 10);
    for (const sentAt of [4_970, 4_980, 4_990]) rate.refused(sentAt, 5_000 + sentAt / 1000);
    expect(rate.perSecond).toBe(50);
    ask(rate, 5_010, 7_000, 10);
    rate.refused(6_200, 6_990);
    expect(rate.perSecond).toBeCloseTo(25);
  });

  it("halves once a second at the most, however many are refused, and sends none at once", () => {
    const rate = new ServerRate();
    ask(rate, 0, 5_000, 10);
    rate.refused(4_990, 5_000);
    expect(rate.take(5_000)).toBeCloseTo(20);
    for (let now = 5_020; now < 6_000; now += 20) {
      rate.take(now);
      rate.refused(now, now + 5);
    }
    expect(rate.perSecond).toBe(50);
    rate.take(6_020);
    rate.refused(6_020, 6_025);
    expect(rate.perSecond).toBeCloseTo(25);
  });

  it("takes a refusal of the very first for one of few, not of one a second", () => {
    const rate = new ServerRate();
    for (let i = 0; i < 5; i++) rate.take(0);
    rate.refused(0, 20);
    expect(rate.perSecond).toBe(5);
  });

  it("halves what the server got, not a limit that was never reached", () => {
    const rate = new ServerRate();
    ask(rate, 0, 5_000, 10);
    rate.refused(4_990, 5_000);
    ask(rate, 5_000, 9_000, 100);
    rate.refused(8_900, 9_000);
    expect(rate.perSecond).toBeLessThan(6);
  });

  it("recovers by a quarter every ten seconds, to no limit at last", () => {
    const rate = new ServerRate();
    ask(rate, 0, 5_000, 10);
    rate.refused(4_990, 5_000);
    const limits = [14_999, 15_000, 25_000, 35_000, 45_000].map((now) => {
      rate.take(now);
      return rate.perSecond;
    });
    expect(limits).toEqual([50, 62.5, 78.125, 97.65625, undefined]);
  });

  it("never stops altogether", () => {
    const rate = new ServerRate();
    for (let now = 0; now < 60_000; now += 1_000) {
      rate.take(now);
      rate.refused(now, now + 500);
    }
    expect(rate.perSecond).toBe(0.5);
  });
});

describe("SmoothedRate", () => {
  it("is the plain average at first, however the first tiles come", () => {
    for (const interval of [1, 20, 500]) {
      const rate = new SmoothedRate(1_000, 7);
      // Nothing comes for a tenth of a second, and then 400 a second do.
      for (let now = 1_000; now <= 1_500; now += interval) rate.measure(now, 7 + Math.max(0, now - 1_100) * 0.4);
      expect(rate.perSecond).toBeGreaterThan(319);
      expect(rate.perSecond).toBeLessThan(350);
    }
  });

  it("forgets the half of it every three seconds", () => {
    const rate = new SmoothedRate(0, 0);
    rate.measure(60_000, 60_000);
    rate.measure(63_000, 60_000);
    expect(rate.perSecond).toBeCloseTo(500, 1);
    rate.measure(66_000, 60_000);
    expect(rate.perSecond).toBeCloseTo(250, 1);
  });

  it("is 0 while nothing is known, and leaves out a pause", () => {
    const rate = new SmoothedRate(0, 0);
    rate.measure(0, 5);
    expect(rate.perSecond).toBe(0);
    rate.measure(1_000, 100);
    rate.skip(3_600_000, 100);
    rate.measure(3_601_000, 200);
    expect(rate.perSecond).toBeCloseTo(100);
  });
});
