import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { drawCover } from "./draw-cover.ts";
import { measure } from "./measure.ts";
import { heading, quiet, strong } from "./paint.ts";
import { showCounts } from "./show-counts.ts";
import { showSurprises } from "./show-surprises.ts";

const usage = `Usage: npm run demo [-- OPTION…]

Shows what stands of fmtc, without the internet, and draws a picture.

  --out FOLDER  where the picture goes (default: demo-output)
  --help        this text`;

/** Where the user called npm, which runs this in another folder. */
const userFolder = process.env.INIT_CWD ?? process.cwd();

const options = readOptions();
if (options === undefined) process.exitCode = 2;
else if (options.help) console.log(usage);
else run(options.out);

function run(folder: string): void {
  console.log(
    `${strong("fmtc")} maps a region into local storage: give it a circle, a corridor or a shape, and it downloads`,
  );
  console.log("the tiles of that region, politely and recoverably, so that the map is there without a network.");
  console.log(
    quiet("This stage has regions and their exact tile covers. Downloads come next: nothing is fetched here.\n"),
  );

  showCounts();
  showSurprises();

  const { result: picture, took } = measure(drawCover);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "cover.svg");
  writeFileSync(file, picture);
  console.log(heading("A picture of it"));
  console.log(`  ${strong(pathFor(file))}   ${quiet(`drawn in ${took}; open it in a browser`)}\n`);

  console.log(heading("What to try next"));
  console.log("  npm test               every check and suite, those in a real browser included");
  console.log("  npm run bench          how fast a cover is, against other libraries");
  console.log("  packages/core/src      begin with index.ts: it is the whole public API");
  console.log("  apps/demo/src          change the circle in regions.ts, and run this again");
}

/** A path as short as the user can type it. */
function pathFor(file: string): string {
  const path = relative(userFolder, file);
  return path.startsWith("..") ? file : path;
}

function readOptions(): { help: boolean; out: string } | undefined {
  try {
    const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" }, out: { type: "string" } } });
    const folder = fileURLToPath(new URL("../../../demo-output", import.meta.url));
    const out = values.out === undefined ? folder : resolve(userFolder, values.out);
    return { help: values.help ?? false, out };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return undefined;
  }
}
