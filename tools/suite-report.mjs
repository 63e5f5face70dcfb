/**
 * What Vitest's JSON report of one suite says.
 *
 * @param {any} report
 * @returns {{ passed: number, failed: number, complaints: string[] }}
 *   `complaints`: why the suite does not count as passed although none of its tests failed
 */
export function readSuiteReport(report) {
  // A file that cannot be loaded has no test that could fail; it counts as one.
  const broken = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === "failed" && !file.assertionResults.some((/** @type {any} */ test) => test.status === "failed"),
  );
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + broken.length;
  const skipped = report.numTotalTests - report.numPassedTests - report.numFailedTests;

  const complaints = [];
  if (skipped > 0) complaints.push(`${skipped} of its tests did not run (skip, todo or only): every test has to run`);
  if (report.numTotalTests === 0 && failed === 0) complaints.push("it has no test");
  else if (!report.success && failed === 0) complaints.push("it ended with an error outside its tests");
  return { passed, failed, complaints };
}
