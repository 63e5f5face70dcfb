import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of the current test, which is removed when it has finished. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fmtc-soak-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
