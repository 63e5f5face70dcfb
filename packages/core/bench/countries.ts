import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { MultiPolygon } from "geojson";
import { feature } from "topojson-client";

interface Atlas {
  readonly objects: { readonly countries: { readonly geometries: readonly { properties: { name: string } }[] } };
}

/** A country of Natural Earth at 1:50 million, as GeoJSON. */
export function countryOf(name: string): MultiPolygon {
  const file = fileURLToPath(import.meta.resolve("world-atlas/countries-50m.json"));
  const atlas: Atlas = JSON.parse(readFileSync(file, "utf8"));
  const country = atlas.objects.countries.geometries.find(({ properties }) => properties.name === name);
  if (country === undefined) throw new Error(`world-atlas has no ${name}`);
  return feature(atlas, country).geometry;
}
