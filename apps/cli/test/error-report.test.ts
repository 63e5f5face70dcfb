import { stat } from "node:fs/promises";
import {
  assertBulkAllowed,
  DownloadInProgressError,
  DownloadUnfinishedError,
  DuplicateDownloadError,
  LeaseLostError,
  StoreFullError,
  StoreNotFoundError,
} from "@fmtc/core";
import { describe, expect, it } from "vitest";
import { reportOf } from "../src/error-report.ts";
import { MissingError } from "../src/missing-error.ts";
import { UsageError } from "../src/usage-error.ts";
import { withoutWarnings } from "../src/without-warnings.ts";

function thrown(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

const osm = { id: "osm", url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png" };
const id = "3f9k2abcdefghijklmno";

describe("what is said of an error", () => {
  it.each<[unknown, number, string, RegExp]>([
    [new UsageError("--zooms is wrong."), 2, "USAGE", /^--zooms is wrong\.$/],
    [new MissingError("There is none."), 1, "NOT_FOUND", /^There is none\.$/],
    [
      thrown(() => assertBulkAllowed(osm, 3)),
      4,
      "TILE_POLICY",
      /; or, if the operator has agreed, say so with --allow-bulk\.$/,
    ],
    [
      new StoreFullError("The disk is full."),
      1,
      "STORE_FULL",
      /^The disk is full\. Nothing of this was written.* The -reserve file/,
    ],
    [new StoreNotFoundError("a"), 1, "STORE_NOT_FOUND", /^Store "a" has been deleted by another program meanwhile/],
    [
      new DuplicateDownloadError(id, "a"),
      1,
      "DOWNLOAD_DUPLICATE",
      /^This region is being downloaded into "a" already, by another fmtc \(3f9k2abc\)\./,
    ],
    [
      new DownloadInProgressError(id, { owner: "", epoch: 1, expiresAt: 1 }),
      1,
      "DOWNLOAD_IN_PROGRESS",
      /^Download 3f9k2abc is running elsewhere\./,
    ],
    [
      new DownloadUnfinishedError(id, 1_234),
      1,
      "DOWNLOAD_UNFINISHED",
      /with 1,234 tiles to go: go on with it first, by fmtc resume 3f9k2abc\.$/,
    ],
    [
      new LeaseLostError(id, 2),
      1,
      "LEASE_LOST",
      /^Another fmtc has taken download 3f9k2abc over, or has deleted it or its store/,
    ],
    [
      new TypeError("x is not a function"),
      1,
      "UNEXPECTED",
      /^Something went wrong that should not have: x is not a function\. --debug shows where\.$/,
    ],
    ["thrown", 1, "UNEXPECTED", /: thrown\. --debug/],
  ])("%s", (error, exitCode, code, message) => {
    expect(reportOf(error)).toEqual({ exitCode, code, message: expect.stringMatching(message), beside: undefined });
  });

  it("names a file, and what is wrong with it", async () => {
    const error: unknown = await stat("/nowhere/at/all").catch((reason: unknown) => reason);
    expect(reportOf(error)).toEqual({ exitCode: 1, code: "ENOENT", message: "/nowhere/at/all does not exist." });
  });
});

describe("warnings of Node", () => {
  it("are shown, but for those that a part of it is experimental", () => {
    const shown: unknown[] = [];
    const host = Object.assign(Object.create(process) as NodeJS.Process, {
      emitWarning: (warning: string | Error) => void shown.push(warning),
    });
    withoutWarnings(host);
    host.emitWarning("SQLite is an experimental feature", "ExperimentalWarning");
    host.emitWarning("So is this", { type: "ExperimentalWarning" });
    host.emitWarning("This will go", "DeprecationWarning");
    host.emitWarning("Too many listeners");
    expect(shown).toEqual(["This will go", "Too many listeners"]);
  });
});
