import polylabel from "polylabel";
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
    const { layer, name } = feature.properties;
    if (layer !== "countries" || name === undefined) continue;
    const known = largest.get(name);
    if (known === undefined || sizeOf(known) < sizeOf(feature)) largest.set(name, feature);
  }
  return [...largest].flatMap(([name, { geometry, bbox }]) => {
    if (geometry.type !== "Polygon") return [];
    const width = bbox[2] - bbox[0];
    const [x, y] = polylabel(geometry.coordinates, width / 100);
    return { name, x: x - Math.floor(x), y, width };
  });
}

function sizeOf({ bbox: [west, north, east, south] }: WorldFeature): number {
  return (east - west) * (south - north);
}
