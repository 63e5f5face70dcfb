import { LruMap } from "../lru-map.ts";
import type { CountryName } from "../world/country-names.ts";
import { layOut } from "./font.ts";
import type { Skia } from "./skia.ts";

/** A name where it stands at one zoom, in pixels of the page from the map's north-western corner. */
export interface PlacedName {
  readonly name: string;
  readonly fontPixels: number;
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
}

/** A country this wide is not read by its name any more. */
const MAX_COUNTRY_PIXELS = 6000;

const placed = new LruMap<number, readonly PlacedName[]>(30);

/** The names that have room at a zoom: within their country, and clear of each other. The same for all its tiles. */
export function placeNames(skia: Skia, names: readonly CountryName[], styleZoom: number): readonly PlacedName[] {
  const known = placed.get(styleZoom);
  if (known !== undefined) return known;
  const result = place(skia, names, styleZoom);
  placed.set(styleZoom, result);
  return result;
}

function place(skia: Skia, names: readonly CountryName[], styleZoom: number): PlacedName[] {
  const worldPixels = 256 * 2 ** styleZoom;
  const taken: PlacedName[] = [];
  for (const { name, x, y, width } of names.toSorted((a, b) => b.width - a.width)) {
    const room = width * worldPixels;
    if (room < 24 || room > MAX_COUNTRY_PIXELS) continue;
    const fontPixels = Math.max(10, Math.min(16, 8 + Math.round(room / 60)));
    const halfWidth = layOut(skia, name, fontPixels, 600).width / 2 + 2;
    if (2 * halfWidth > room * 1.1) continue;
    // Whole pixels, so that the halves of a name on two tiles fit together.
    const here = {
      name,
      fontPixels,
      x: Math.round(x * worldPixels),
      y: Math.round(y * worldPixels),
      halfWidth,
      halfHeight: fontPixels,
    };
    if (!taken.some((other) => overlap(here, other))) taken.push(here);
  }
  return taken;
}

function overlap(a: PlacedName, b: PlacedName): boolean {
  return Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight;
}
