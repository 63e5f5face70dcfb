import { expect, it } from "vitest";
import { readSuiteReport } from "../suite-report.mjs";

/** Vitest's report of one file whose tests ended like this. */
const reportOf = (statuses: readonly string[], overrides: object = {}) => ({
  numTotalTests: statuses.length,
  numPassedTests: statuses.filter((status) => status === "passed").length,
  numFailedTests: statuses.filter((status) => status === "failed").length,
  success: !statuses.includes("failed"),
  testResults: [
    {
      status: statuses.includes("failed") ? "failed" : "passed",
      assertionResults: statuses.map((status) => ({ status })),
    },
  ],
  ...overrides,
});

it("counts what passed and what failed", () => {
  expect(readSuiteReport(reportOf(["passed", "passed", "failed"]))).toEqual({ passed: 2, failed: 1, complaints: [] });
});

it("counts a file that could not be loaded as a failure", () => {
  const report = reportOf([], { success: false, testResults: [{ status: "failed", assertionResults: [] }] });
  expect(readSuiteReport(report)).toMatchObject({ passed: 0, failed: 1 });
});

it.each(["skipped", "pending", "todo", "disabled"])("complains about a test that is %s", (status) => {
  const { complaints } = readSuiteReport(reportOf(["passed", status]));
  expect(complaints.join()).toContain("1 of its tests did not run");
});

it("complains about a suite without a test", () => {
  expect(readSuiteReport(reportOf([])).complaints.join()).toContain("it has no test");
});

it("complains about an error outside the tests", () => {
  const { complaints } = readSuiteReport(reportOf(["passed"], { success: false }));
  expect(complaints.join()).toContain("an error outside its tests");
});
