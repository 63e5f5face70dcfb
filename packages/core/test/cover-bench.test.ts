import { describe, expect, test } from "vitest";
import { benchmark } from "../bench/cover.bench.ts";

const prepare = (name: string) =>
  benchmark.cases.find((each) => each.name.startsWith(name))?.prepare({ random: () => 0.5 });

describe("the benchmark compares like with like", () => {
  test.each(["count: six points, z20", "count: six points, z1–17", "count: France", "count: Norway"])(
    "%s: tile-cover finds as many tiles",
    async (name) => {
      const sides = await prepare(name);
      expect(sides?.candidate()).toBeGreaterThan(0);
      expect(sides?.candidate()).toBe(sides?.baseline());
    },
  );

  test.each(benchmark.cases.map(({ name }) => name))("%s: both sides run", async (name) => {
    const sides = await prepare(name);
    expect(sides?.baseline()).toBeTypeOf("number");
    expect(sides?.candidate()).toBeTypeOf("number");
  });
});
