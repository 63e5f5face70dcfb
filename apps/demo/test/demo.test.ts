import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Cover, circle, coverOf, toDownloadable } from "@fmtc/core";
import { fromGpx } from "@fmtc/tracks";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "fmtc-demo-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Node 22.13 strips types only when asked to, and says that it is an experiment. */
const flags = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", "--conditions=@fmtc/source"];

/** Runs the demo as `npm run demo` does, from the folder of a user. */
function runDemo(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const options = { cwd: root, env: { ...inherited, INIT_CWD: folder, ...env } };
  return promisify(execFile)(process.execPath, [...flags, "src/main.ts", ...args], options);
}

const track = readFileSync(join(root, "tracks/thames-path.gpx"), "utf8");
const regions = {
  circle: circle({ lat: 51.5074, lng: -0.1278 }, 5_000),
  corridor: fromGpx(track, { radiusMeters: 500 }),
};

function coversAt(minZoom: number, maxZoom: number): Record<"circle" | "corridor" | "together" | "shared", Cover> {
  const options = { minZoom, maxZoom, source: "test" };
  const around = coverOf(toDownloadable(regions.circle, options));
  const along = coverOf(toDownloadable(regions.corridor, options));
  return { circle: around, corridor: along, together: around.union(along), shared: around.intersection(along) };
}

describe("the demo", () => {
  let output = "";
  let picture = "";
  beforeAll(async () => {
    const { stdout, stderr } = await runDemo(["--out", "pictures"]);
    expect(stderr).toBe("");
    output = stdout;
    picture = readFileSync(join(folder, "pictures/cover.svg"), "utf8");
  });

  test("first says what the product does and what this stage shows", () => {
    const [first = "", second = "", third = ""] = output.split("\n");
    expect(`${first} ${second}`).toMatch(/maps a region into local storage/);
    expect(third).toMatch(/Downloads come next: nothing is fetched here/);
  });

  test("shows the counts of the covers, zoom by zoom and in all", () => {
    const rows = new Map(
      [...output.matchAll(/^ {2} *(\d+|all)((?: +[\d,]+){4})$/gm)].map(([, zoom = "", counts = ""]) => [
        zoom,
        counts
          .trim()
          .split(/ +/)
          .map((count) => Number(count.replaceAll(",", ""))),
      ]),
    );
    const covers = Object.values(coversAt(8, 16));
    expect([...rows.keys()]).toEqual(["8", "9", "10", "11", "12", "13", "14", "15", "16", "all"]);
    for (let z = 8; z <= 16; z++) {
      expect(rows.get(`${z}`)).toEqual(covers.map(({ countByZoom }) => countByZoom.get(z)));
    }
    expect(rows.get("all")).toEqual(covers.map(({ count }) => count));
  });

  test("takes a download in two parts that make the whole", () => {
    const { circle } = coversAt(8, 16);
    const next = circle.at(100);
    expect(output).toContain("takes the first 100,");
    expect(output).toContain(
      `the other ${circle.count - 100} of ${circle.count}, from ${next?.z}/${next?.x}/${next?.y} on.`,
    );
  });

  test("counts the whole world", () => {
    expect(output).toMatch(/the whole world +z0–24 +375,299,968,947,541 tiles/);
  });

  test("says where the picture is, for the folder the user is in", () => {
    expect(output).toContain(`  ${join("pictures", "cover.svg")} `);
  });

  test("has lines that fit a terminal, and no colour in a pipe", () => {
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    expect(output).not.toContain("\u001b");
  });

  test("draws a well-formed picture with a square for each tile", () => {
    const { circle, corridor, shared } = coversAt(15, 15);
    const squares = squaresByGroup(picture);
    expect(squares.get("tiles circle")).toHaveLength(circle.difference(corridor).count);
    expect(squares.get("tiles corridor")).toHaveLength(corridor.difference(circle).count);
    expect(squares.get("tiles shared")).toHaveLength(shared.count);
    const drawn = [...squares].flatMap(([group, places]) => (group.startsWith("tiles ") ? places : []));
    expect(new Set(drawn).size).toBe(circle.union(corridor).count);
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("the picture in the documentation is this one: npm run demo -- --out docs", () => {
    expect(readFileSync(join(root, "../../docs/cover.svg"), "utf8")).toBe(picture);
  });
});

test("colours a terminal that wants them", async () => {
  const { stdout } = await runDemo(["--out", "pictures"], { FORCE_COLOR: "1" });
  expect(stdout).toContain("\u001b[1m");
});

test("--help says how it is used, and draws nothing", async () => {
  const { stdout } = await runDemo(["--help", "--out", "nowhere"]);
  expect(stdout).toMatch(/^Usage: npm run demo/);
  expect(() => readFileSync(join(folder, "nowhere/cover.svg"))).toThrow();
});

test("an option that does not exist is named, with exit code 2", async () => {
  const failure: { code?: number; stderr?: string } = await runDemo(["--zoom"]).catch((error: object) => error);
  expect(failure.code).toBe(2);
  expect(failure.stderr).toMatch(/--zoom[\s\S]*Usage:/);
});

/** The places of the rectangles within each group, by the class of the group. Throws if it is not well-formed. */
function squaresByGroup(svg: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  let group: string[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "g") {
      group = [];
      groups.set(attributes.class ?? "", group);
    }
    if (name === "rect") group.push(`${attributes.x} ${attributes.y}`);
  });
  parser.write(svg).close();
  return groups;
}

test("the root README's example has the numbers that it says", () => {
  const readme = readFileSync(join(root, "../../README.md"), "utf8");
  const [, count] = /^cover\.count; \/\/ ([\d,]*\d)/m.exec(readme) ?? [];
  const [, first] = /^cover\.at\(0\); \/\/ (.+)$/m.exec(readme) ?? [];
  const { together } = coversAt(8, 16);
  const { z, x, y } = together.at(0) ?? {};
  expect(count).toBe(together.count.toLocaleString("en"));
  expect(first).toBe(`{ z: ${z}, x: ${x}, y: ${y} }`);
});
