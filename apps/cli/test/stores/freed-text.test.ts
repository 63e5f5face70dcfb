import { expect, it } from "vitest";
import { freedText } from "../../src/stores/freed-text.ts";

it.each([
  [0, 0, 0, "no tiles"],
  [1, 1, 2_000, "1 tile; 2 kB come free"],
  [1, 0, 0, "1 tile, which other stores keep; no room comes free"],
  [842, 842, 12_300_000, "842 tiles; 12.3 MB come free"],
  [842, 0, 0, "842 tiles, all of which other stores keep; no room comes free"],
  [1_842, 842, 12_300_000, "1,842 tiles, 1,000 of which other stores keep; 12.3 MB come free"],
])("%d tiles, of which %d are gone", (removed, deleted, bytes, text) => {
  expect(freedText({ removed, deleted, bytes })).toBe(text);
});
