import type { Position } from "geojson";
import { feature } from "topojson-client";
import topology from "world-atlas/countries-50m.json" with { type: "json" };
import { type LatLng, multi, polygon, type Region } from "../src/index.ts";

export interface Topology {
  readonly objects: { readonly countries: { readonly geometries: readonly { readonly id: string }[] } };
}

/** The rings of Norway's parts, in degrees; the first ring of each is the outer one. */
export function norwegianParts(): LatLng[][][] {
  const geometry = topology.objects.countries.geometries.find(({ id }) => id === "578");
  if (!geometry) throw new Error("world-atlas has no Norway");
  return feature(topology, geometry).geometry.coordinates.map((part) => part.map((ring) => ring.map(pointOf)));
}

export function norway(): Region {
  return multi(norwegianParts().map(([outer = [], ...holes]) => polygon(outer, holes)));
}

function pointOf([lng = Number.NaN, lat = Number.NaN]: Position): LatLng {
  return { lat, lng };
}
