import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder with these files, and links to folders of the repository, for the length of the current test. */
export function temporaryTree(files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(tmpdir(), "fmtc-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) writeFileSync(madeFor(join(root, path)), content);
  for (const [path, target] of Object.entries(links)) symlinkSync(target, madeFor(join(root, path)));
  return root;
}

function madeFor(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
