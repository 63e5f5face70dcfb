import type { MultiPolygon } from "geojson";
import { feature } from "topojson-client";
import topology from "world-atlas/countries-50m.json" with { type: "json" };

/** A country of Natural Earth at 1:50 million that has several parts. */
export function countryOf(name: string): MultiPolygon {
  const country = topology.objects.countries.geometries.find(({ properties }) => properties.name === name);
  if (country === undefined) throw new Error(`world-atlas has no ${name}`);
  return feature(topology, country).geometry;
}
