import { latitudeOf, toWorld } from "../world/mercator.ts";
import type { Palette } from "./palette.ts";
import { type Pen, PenPath } from "./pen.ts";
import type { View } from "./view.ts";

/** Degrees between two lines, from the widest to the finest. */
const STEPS = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001];
/** Lines come at least as close as this, in pixels of the page. */
const WIDEST_GAP_PIXELS = 200;

/** Meridians and parallels. */
export function drawGraticule(pen: Pen, view: View, palette: Palette): void {
  const step = stepAt(view.styleZoom);
  const [west, east] = lngRange(view);
  const [south, north] = latRange(view);
  const lines = new PenPath();
  for (let i = Math.ceil(west / step); i * step <= east; i++) {
    const x = view.toX(0.5 + (i * step) / 360);
    lines.moveTo(x, 0);
    lines.lineTo(x, view.height);
  }
  for (let i = Math.ceil(south / step); i * step <= north; i++) {
    const y = view.toY(toWorld(0, i * step)[1]);
    lines.moveTo(0, y);
    lines.lineTo(view.width, y);
  }
  pen.stroke(lines, palette.graticule, 0.7 * view.scale);
}

function stepAt(styleZoom: number): number {
  const degreesPerPixel = 360 / (256 * 2 ** styleZoom);
  return STEPS.find((step) => step / degreesPerPixel <= WIDEST_GAP_PIXELS) ?? STEPS.at(-1) ?? 1;
}

/** `toX` is linear, so two of its values tell where the picture begins and ends. */
function lngRange({ toX, width }: View): [west: number, east: number] {
  const atOrigin = toX(0);
  const worldWidth = toX(1) - atOrigin;
  const lngAt = (pixel: number) => ((pixel - atOrigin) / worldWidth) * 360 - 180;
  return [lngAt(0), lngAt(width)];
}

/** `toY` only grows, so halving finds where the picture begins and ends. */
function latRange({ toY, height }: View): [south: number, north: number] {
  return [latitudeOf(worldAt(toY, height)), latitudeOf(worldAt(toY, 0))];
}

function worldAt(toY: View["toY"], pixel: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 48; i++) {
    const middle = (low + high) / 2;
    if (toY(middle) < pixel) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
