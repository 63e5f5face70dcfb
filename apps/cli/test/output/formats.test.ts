import { expect, it } from "vitest";
import { formatBytes } from "../../src/output/format-bytes.ts";
import { formatCount } from "../../src/output/format-count.ts";
import { formatDuration } from "../../src/output/format-duration.ts";
import { formatRate } from "../../src/output/format-rate.ts";
import { oneLine } from "../../src/output/one-line.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

it.each([
  [0, "0"],
  [999, "999"],
  [12_345, "12,345"],
  [9_007_199_254_740_991, "9,007,199,254,740,991"],
])("writes the number %d", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_340, "1.34 kB"],
  [182_000_000, "182 MB"],
  [4_500_000_000_000, "4.5 TB"],
])("writes %d bytes", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0, "less than 1 s"],
  [499, "less than 1 s"],
  [500, "1 s"],
  [59_600, "1 min"],
  [65 * SECOND, "1 min 5 s"],
  [10 * MINUTE + 31 * SECOND, "10 min"],
  [HOUR + 3 * MINUTE + 20 * SECOND, "1 h 3 min"],
  [2 * DAY + 4 * HOUR + 10 * MINUTE, "2 d 4 h"],
  [400 * DAY, "400 d"],
])("writes a time of %d ms", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it.each([
  [0.04, "0/s"],
  [0.5, "0.5/s"],
  [9.96, "10/s"],
  [318.2, "318/s"],
  [12_345, "12,345/s"],
])("writes a rate of %d", (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});

it("makes one line, without a voice of its own, of what comes from elsewhere", () => {
  expect(oneLine("a\u001b[31mb\u001b]0;title\u0007c\r\nd\u2028e\u202ef\u0000 ")).toBe("abc d e f");
  expect(oneLine("東京 🗾")).toBe("東京 🗾");
});
