import { afterEach, expect, test, vi } from "vitest";
import { claimFolder } from "../src/claim-folder.ts";
import { demoFilesIn } from "../src/demo-files.ts";
import { runDemo } from "../src/run-demo.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
afterEach(() => vi.restoreAllMocks());

test("a demo that does not come to its end gives up, and leaves nothing running", async () => {
  let said = "";
  vi.spyOn(console, "log").mockImplementation((text = "") => {
    said += `${text}\n`;
  });
  const files = demoFilesIn(folder, folder);
  const claim = claimFolder(files);
  const over = new AbortController();
  await expect(runDemo(files, over, 1_500)).rejects.toThrow("The demo was not done after 2 s, and has given up");
  claim.release();
  expect(over.signal.aborted).toBe(true);
  expect(said).not.toContain("What to try next");
});
