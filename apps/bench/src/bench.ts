import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArguments, USAGE } from "./arguments.ts";
import { type FoundBenchmark, findBenchmarks } from "./find-benchmarks.ts";
import { libraryVersions } from "./library-versions.ts";
import { thisMachine } from "./machine.ts";
import { markdownOf, type Report } from "./report.ts";
import type { Result } from "./result.ts";
import { tableOf } from "./table.ts";
import { UsageError } from "./usage-error.ts";

const ROUNDS = 15;
const QUICK_ROUNDS = 5;

export interface Surroundings {
  /** Where the workspaces are. */
  readonly root: string;
  /** Where a full run leaves RESULTS.md and results.json. */
  readonly resultsFolder: string;
  /** Runs all cases of a benchmark. */
  readonly run: (found: FoundBenchmark, rounds: number) => AsyncIterable<Result>;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly print: (line: string) => void;
}

/** Runs what was asked for, prints it and writes it down; false when a goal was missed, unless the run was a quick one. */
export async function bench(args: readonly string[], { root, resultsFolder, run, today, print }: Surroundings) {
  const { names, isQuick, jsonFile, wantsHelp } = parseArguments(args);
  if (wantsHelp) {
    print(USAGE);
    return true;
  }
  const found = await findBenchmarks(root, names);
  if (found.length === 0) throw new UsageError("There is no benchmark yet: write one into a package's bench/ folder.");

  const rounds = isQuick ? QUICK_ROUNDS : ROUNDS;
  const results: Result[] = [];
  for (const each of found) {
    print(`${each.benchmark.name}: ${each.benchmark.title}`);
    for await (const result of run(each, rounds)) {
      print(`  ${result.name}: ${result.ratio.toPrecision(3)}×`);
      results.push(result);
    }
  }
  const report: Report = { date: today, rounds, machine: thisMachine(), libraries: libraryVersions(found), results };
  print(`\n${tableOf(report.results)}`);

  const isFull = names.length === 0 && !isQuick;
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (jsonFile !== undefined) writeFileSync(jsonFile, json);
  if (isFull) {
    writeFileSync(join(resultsFolder, "results.json"), json);
    writeFileSync(join(resultsFolder, "RESULTS.md"), markdownOf(report));
  }

  const missed = results.filter((result) => !result.ok).map((result) => result.name);
  if (missed.length > 0) print(`\nMissed its goal: ${missed.join("; ")}.`);
  return isQuick || missed.length === 0;
}
