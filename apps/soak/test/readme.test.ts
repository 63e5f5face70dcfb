import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tileResponse } from "@fmtc/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "fmtc-readme-"));
const asked: { readonly url: string | undefined; readonly agent: string | undefined }[] = [];
const server = createServer((request, response) => {
  asked.push({ url: request.url, agent: request.headers["user-agent"] });
  // If all were equal, all were sea.
  response.end(tileResponse(request.url).body);
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** The first example of a README that opens a root, with a server and a file of this test's. */
function exampleOf(readme: string): string {
  const text = readFileSync(new URL(`../../../${readme}`, import.meta.url), "utf8");
  const examples = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = ""]) => code);
  const [example = ""] = examples.filter((code) => code.includes("openRoot({"));
  return example.replace("https://tiles.example.org", origin).replace("tiles.db", join(folder, `${asked.length}.db`));
}

/** Runs it as a program, as it stands. */
async function run(code: string): Promise<string[]> {
  const flags = ["--experimental-strip-types", "--conditions=@fmtc/source", "--disable-warning=ExperimentalWarning"];
  const program = [...flags, "--input-type=module", "--eval", code];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, program, {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  });
  expect(stderr).toBe("");
  return stdout.trim().split("\n");
}

describe("the README's example", () => {
  it("downloads what it says, under the name of its app", async () => {
    const example = exampleOf("README.md");
    const lines = await run(example);
    const [, said] = /console\.log\(`.*\); \/\/ (.*)/.exec(example) ?? [];
    expect(lines.at(-1)).toBe(said);
    expect(lines.at(-2)).toMatch(/^100 \d/);
    expect(asked[0]?.agent).toMatch(/^hiking-app\/1\.0 fmtc\//);
    expect(example.trim().split("\n").length).toBeLessThanOrEqual(23);
  });

  it("of the core downloads too", async () => {
    expect((await run(exampleOf("packages/core/README.md"))).at(-1)).toMatch(/^100 /);
  });
});
