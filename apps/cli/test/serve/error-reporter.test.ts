import { describe, expect, it, vi } from "vitest";
import { MissingError } from "../../src/missing-error.ts";
import { errorReporter } from "../../src/serve/error-reporter.ts";

describe("what goes wrong in a server", () => {
  it("is said once until something else does", () => {
    const error = vi.fn();
    const report = errorReporter({ error });
    for (const text of ["One.", "One.", "Two.", "Two.", "One."]) report(new MissingError(text));
    expect(error.mock.calls.map(([text]) => text)).toEqual(["One.", "Two.", "One."]);
    expect(error.mock.calls[0]).toEqual(["One.", { error: { code: "NOT_FOUND", message: "One." } }]);
  });
});
