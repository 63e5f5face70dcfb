import type { Demo } from "../demo.ts";
import { heading } from "../paint.ts";
import { shellWord } from "../processes/shell-word.ts";
import { STORE } from "../regions.ts";

/** Commands that work from here on. */
export function suggestNext({ files, options }: Demo): void {
  const database = options.database.map(shellWord).join(" ");
  const suggestions = [
    ["look at it", files.typed(files.picture)],
    ["give it to QGIS, Leaflet, MapLibre", `npm run fmtc -- serve ${STORE} ${database}`],
    ["see how much there is", `npm run fmtc -- stats ${STORE} ${database}`],
    ["all commands: plan, update, delete, …", "npm run fmtc -- --help"],
    ["the tile server, to download from", "npm run tiles"],
    ["every check and suite", "npm test"],
  ] as const;
  const width = Math.max(...suggestions.map(([what]) => what.length));
  console.log(heading("What to try next"));
  for (const [what, command] of suggestions) console.log(`  ${what.padEnd(width)}  ${command}`);
}
