import type { Goal } from "../../../tools/bench/define-benchmark.ts";
import type { Result } from "./result.ts";

const HEADINGS = ["benchmark", "ours", "baseline", "ratio", "goal", "spread", ""];

/** The results as a Markdown table, which reads as well in a terminal. */
export function tableOf(results: readonly Result[]): string {
  const rows = [HEADINGS, ...results.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

function cellsOf({ name, ratio, goal, median, baseline, spread, ok, unit, labels }: Result): string[] {
  return [
    name,
    `${amount(median, unit)} (${labels.candidate})`,
    `${amount(baseline, unit)} (${labels.baseline})`,
    `${significant(ratio)}×`,
    goalText(goal),
    `${Math.round(spread * 100)} %`,
    ok ? "met" : "MISSED",
  ];
}

function goalText(goal: Goal): string {
  return "atLeast" in goal ? `≥ ${goal.atLeast}×` : `≤ ${goal.atMost}×`;
}

function amount(value: number, unit: string): string {
  if (unit === "ms") return scaled(value * 1e6, 1000, ["ns", "µs", "ms", "s"]);
  if (unit === "bytes") return scaled(value, 1024, ["B", "KiB", "MiB", "GiB"]);
  return `${significant(value)} ${unit}`;
}

/** The value in the largest of these units that leaves something before the point; each is `step` of the last. */
function scaled(value: number, step: number, units: readonly string[]): string {
  const power = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log(value) / Math.log(step))));
  return `${significant(value / step ** power)} ${units[power]}`;
}

function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
