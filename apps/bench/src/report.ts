import type { Machine } from "./machine.ts";
import type { Result } from "./result.ts";
import { tableOf } from "./table.ts";

/** What --json writes and what RESULTS.md shows. */
export interface Report {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly rounds: number;
  readonly machine: Machine;
  /** Versions by package. */
  readonly libraries: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
}

export function markdownOf({ date, rounds, machine, libraries, results }: Report): string {
  const versions = Object.entries(libraries).map(([name, version]) => `${name} ${version}`);
  return `# Benchmark results

Written by \`npm run bench\` on ${date}: medians of ${rounds} rounds, both sides in turn in one run. The ratio is what counts;
\`≥\` says how many times faster than the baseline, \`≤\` how many times its cost. The spread is the distance between the
quarters of the rounds' ratios.

${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}${versions.length > 0 ? `; ${versions.join(", ")}` : ""}.

${tableOf(results)}
`;
}
