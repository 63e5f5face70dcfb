import { TINTS } from "../world/country-tints.ts";

export interface Palette {
  readonly sea: string;
  readonly river: string;
  readonly land: readonly string[];
  readonly coast: string;
  readonly border: string;
  readonly name: string;
  readonly halo: string;
  readonly graticule: string;
  readonly label: string;
}

/** Each version of the map turns all hues by the golden angle, so no two of them look the same. */
const GOLDEN_ANGLE = 137.508;
const LAND_HUES = [44, 80, 28, 62, 98, 14];

export function paletteOf(version: number): Palette {
  const turn = (version - 1) * GOLDEN_ANGLE;
  const hsl = (hue: number, saturation: number, lightness: number) =>
    hexOf((hue + turn) % 360, saturation / 100, lightness / 100);
  return {
    sea: hsl(199, 50, 80),
    river: hsl(201, 45, 72),
    land: Array.from({ length: TINTS }, (_, i) => hsl(LAND_HUES[i] ?? 44, 46, 90)),
    coast: hsl(202, 34, 58),
    border: hsl(318, 12, 62),
    name: hsl(250, 14, 32),
    halo: "rgba(255, 255, 255, 0.75)",
    graticule: hsl(215, 30, 55),
    label: hsl(345, 60, 38),
  };
}

/** As CSS defines hue, saturation and lightness (CSS Color 4, section 7). */
function hexOf(hue: number, saturation: number, lightness: number): string {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const value = lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
