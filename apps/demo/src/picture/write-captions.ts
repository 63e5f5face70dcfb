import { basename } from "node:path";
import { grouped } from "../paint.ts";
import { journey, journeyOptions, rideFile } from "../regions.ts";
import { BASELINES, MAIN_MAP, MARGIN, type MapPlace, SMALL_MAPS, WIDTH } from "./layout.ts";
import { PALETTE } from "./palette.ts";
import type { Pen } from "./pen.ts";

const RIGHT = WIDTH - MARGIN;
/** Right of the circle's cover. */
const BESIDE_CIRCLE = 436;

interface Captions {
  /** How many tiles the file has. */
  readonly stored: number;
  /** How many of them each map shows. */
  readonly drawn: ReadonlyMap<MapPlace, number>;
  readonly remark: string;
}

/** What is to be seen, and the words of the command line for it. */
export function writeCaptions(pen: Pen, { stored, drawn, remark }: Captions): void {
  const { minZoom, maxZoom } = journey;
  const title = { pixels: 32, colour: PALETTE.title, typeface: "bold" } as const;
  pen.text("Offline: exactly the tiles that two regions need", { x: MARGIN, y: BASELINES.title }, title);
  pen.text(
    `${grouped(stored)} tiles of zooms ${minZoom} to ${maxZoom} are in one SQLite file, and ${remark}`,
    { x: MARGIN, y: BASELINES.subtitle },
    { pixels: 18, colour: PALETTE.text },
  );

  const option = { pixels: 15, typeface: "mono" } as const;
  pen.text(
    `--circle ${journeyOptions.circle}`,
    { x: BESIDE_CIRCLE, y: BASELINES.circle },
    { ...option, colour: PALETTE.circle },
  );
  pen.text(
    `--line ${basename(rideFile)} --radius ${journeyOptions.radius}`,
    { x: RIGHT, y: BASELINES.line },
    { ...option, colour: PALETTE.corridorText, align: "right" },
  );

  const caption = { pixels: 15, colour: PALETTE.text } as const;
  const tilesOf = (map: MapPlace) => `zoom ${map.zoom}: ${grouped(drawn.get(map) ?? 0)} tiles`;
  pen.text(tilesOf(MAIN_MAP), { x: RIGHT, y: BASELINES.mainZoom }, { ...caption, align: "right" });
  for (const map of SMALL_MAPS) {
    const x = map.box.left + map.box.width / 2;
    pen.text(tilesOf(map), { x, y: BASELINES.smallZoom }, { ...caption, align: "center" });
  }
  const foot = { pixels: 12, colour: PALETTE.quiet } as const;
  pen.text("Made with Natural Earth", { x: RIGHT, y: BASELINES.foot }, { ...foot, align: "right" });
}
