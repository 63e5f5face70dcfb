/** What a function returns, and how long it took: "0.4 ms". */
export function measure<T>(work: () => T): { result: T; took: string } {
  const start = performance.now();
  const result = work();
  const ms = performance.now() - start;
  return { result, took: `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` };
}
