import { type LatLng, outlineOf, type Region } from "@fmtc/core";
import { london, ride, surroundings } from "../regions.ts";
import type { Frame, Point } from "./frame.ts";
import { PALETTE } from "./palette.ts";
import type { Pen, TextAlign } from "./pen.ts";

interface Town {
  readonly name: string;
  readonly at: LatLng;
  /** From the town to where its name begins, ends or has its middle. */
  readonly right: number;
  readonly down: number;
  readonly align: TextAlign;
}

const TOWNS: readonly Town[] = [
  { name: "London", at: london, right: 0, down: -12, align: "center" },
  { name: "Dover", at: { lat: 51.129, lng: 1.329 }, right: -8, down: 5, align: "right" },
  { name: "Calais", at: { lat: 50.97, lng: 1.855 }, right: 8, down: 16, align: "left" },
  { name: "Bruges", at: { lat: 51.209, lng: 3.224 }, right: 0, down: 18, align: "center" },
  { name: "Rotterdam", at: { lat: 51.9225, lng: 4.479 }, right: -8, down: 14, align: "right" },
  { name: "Amsterdam", at: { lat: 52.378, lng: 4.9 }, right: 0, down: 20, align: "center" },
];

/** The exact outlines of the circle and the corridor. */
export function drawOutlines(pen: Pen, frame: Frame, width: number): void {
  pen.stroke(outline(ride, frame), PALETTE.corridor, { width, isClosed: true });
  pen.stroke(outline(surroundings, frame), PALETTE.circle, { width, isClosed: true });
}

/** The ride, and the towns that it comes through. */
export function drawRide(pen: Pen, frame: Frame): void {
  const track = pathsOf(ride).map((path) => path.map(frame.place));
  pen.stroke(track, PALETTE.track, { width: 2, dashes: [0.1, 5] });
  for (const { name, at, right, down, align } of TOWNS) {
    const { x, y } = frame.place(at);
    pen.dot({ x, y }, 4.5, PALETTE.halo);
    pen.dot({ x, y }, 3, PALETTE.town);
    const style = { pixels: 15, colour: PALETTE.town, halo: PALETTE.halo, typeface: "bold", align } as const;
    pen.text(name, { x: Math.round(x + right), y: Math.round(y + down) }, style);
  }
}

/** The middle of a corridor. */
function pathsOf(region: Region): (readonly LatLng[])[] {
  if (region.type === "line") return [region.path];
  if (region.type === "multi") return region.regions.flatMap(pathsOf);
  throw new Error(`The ride should be of lines, and has a ${region.type}.`);
}

function outline(region: Region, frame: Frame): Point[][] {
  return outlineOf(region).flatMap((rings) => rings.map((ring) => ring.map(frame.place)));
}
