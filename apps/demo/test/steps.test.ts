import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { coverOf } from "@fmtc/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Demo } from "../src/demo.ts";
import { demoFilesIn } from "../src/demo-files.ts";
import type { RequestStats, TileServer } from "../src/processes/tile-server.ts";
import { journey } from "../src/regions.ts";
import { lookOffline } from "../src/steps/look-offline.ts";
import { resume } from "../src/steps/resume.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const cover = coverOf(journey);

let said: string;
let ran: string[];
beforeEach(() => {
  said = "";
  ran = [];
  vi.spyOn(console, "log").mockImplementation((text = "") => {
    said += `${text}\n`;
  });
});
afterEach(() => vi.restoreAllMocks());

/** A demo whose commands do nothing. */
function demoWith(server: Partial<TileServer>): Demo {
  return {
    files: demoFilesIn(folder, folder),
    fmtc: {
      start: () => expect.fail("This step runs its commands to their ends."),
      run: async (...words) => void ran.push(words.join(" ")),
      kill: () => expect.fail("This step kills nothing."),
    },
    server: {
      url: "http://127.0.0.1:9",
      stats: () => expect.fail("This step does not ask the server."),
      lost: new Promise(() => {}),
      stop: () => expect.fail("This step does not stop the server."),
      ...server,
    },
    cover,
    options: { database: [], source: [], region: [] },
  };
}

function requests(byPath: Readonly<Record<string, number>>): RequestStats {
  const tiles = Object.fromEntries(Object.entries(byPath).map(([path, count]) => [path, { requests: count }]));
  return { total: { requests: Object.values(byPath).reduce((sum, count) => sum + count, 0) }, tiles };
}

const interrupted = { stored: ["/stored", "/too"], requests: requests({ "/stored": 1, "/too": 2, "/under/way": 1 }) };

test("what was under way is told from what has been retried since", async () => {
  const stats = async () => requests({ "/stored": 1, "/too": 2, "/under/way": 2, "/new": 1, "/retried": 3 });
  await resume(demoWith({ stats }), interrupted);
  expect(ran).toEqual(["list", "resume"]);
  expect(said).toContain("has had 9 requests for 4,546 tiles: of the 2 that were stored,");
  expect(said).toContain("none was asked for again; of those under way when it was killed, 1.");
});

test("a stored tile that is asked for again ends the demo", async () => {
  const stats = async () => requests({ "/stored": 1, "/too": 3, "/under/way": 2 });
  await expect(resume(demoWith({ stats }), interrupted)).rejects.toThrow(
    "1 tiles that were stored were asked for again, such as /too.",
  );
});

test("nothing is looked at as long as anybody answers where the server was", async () => {
  const another = createServer().listen(0, "127.0.0.1");
  await once(another, "listening");
  try {
    const address = another.address();
    if (typeof address !== "object" || address === null) throw new Error("It listens at no port.");
    const url = `http://127.0.0.1:${address.port}`;
    let isStopped = false;
    const stop = async () => {
      isStopped = true;
    };
    const demo = demoWith({ url, stop });
    await expect(lookOffline(demo)).rejects.toThrow(`should be stopped, but something answers at ${url}.`);
    expect(isStopped).toBe(true);
    expect(ran).toEqual([]);
    expect(said).not.toContain("nobody answers");
    expect(existsSync(demo.files.picture)).toBe(false);
  } finally {
    another.close();
  }
});
