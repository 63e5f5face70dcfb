import { expect, test } from "vitest";
import { benchmark } from "../bench/transport.bench.ts";

test.each(benchmark.cases.map(({ name }) => name))("%s: both sides fetch the same", async (name) => {
  const sides = await benchmark.cases.find((each) => each.name === name)?.prepare({ random: () => 0.5 });
  const bytes = await sides?.candidate();
  expect(Number(bytes) % 8192).toBe(0);
  expect(Number(bytes)).toBeGreaterThan(0);
  expect(await sides?.baseline()).toBe(bytes);
  await sides?.cleanUp?.();
});
