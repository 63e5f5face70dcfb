import { expect, it } from "vitest";
import { noStoreText } from "../../src/stores/assert-store.ts";

it.each([
  [[], "There is none."],
  [["hiking", "city"], 'There is "hiking", "city".'],
  [Array.from({ length: 1_021 }, (_, i) => `${i}`), '"18", "19", and 1,001 more.'],
])("says which stores there are", (names, end) => {
  const text = noStoreText("hike", names);
  expect(text).toMatch(/^There is no store "hike"\. There is /);
  expect(text.endsWith(end)).toBe(true);
});
