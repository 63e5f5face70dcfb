import polylabel from "polylabel";
import { pointsOf } from "./path.ts";
import type { WorldFeature } from "./world-feature.ts";

/** Where the name of a country stands. */
export interface CountryName {
  readonly name: string;
  /** In world coordinates, within the country's largest part. */
  readonly x: number;
  readonly y: number;
  /** How wide that part is, in world coordinates: the room that the name has. */
  readonly width: number;
}

export function countryNames(features: readonly WorldFeature[]): CountryName[] {
  const largest = new Map<string, WorldFeature>();
  for (const feature of features) {
    const { layer, name } = feature.tags;
    if (layer !== "countries" || name === undefined) continue;
    const known = largest.get(name);
    if (known === undefined || sizeOf(known) < sizeOf(feature)) largest.set(name, feature);
  }
  return [...largest].map(([name, { paths, west, east }]) => {
    const width = east - west;
    const [x, y] = polylabel(paths.map(pointsOf), width / 100);
    return { name, x: x - Math.floor(x), y, width };
  });
}

function sizeOf({ west, north, east, south }: WorldFeature): number {
  return (east - west) * (south - north);
}
