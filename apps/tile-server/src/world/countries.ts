import { lineOnMap, polygonOnMap } from "./across-antimeridian.ts";
import { decodeArcs, stitch } from "./decode-arcs.ts";
import type { Path } from "./path.ts";
import { type NaturalEarth, nameOf } from "./read-topology.ts";
import { arcsOf, polygonsOf } from "./ring-arcs.ts";
import { type WorldFeature, worldFeature } from "./world-feature.ts";

/** The land, country by country and island by island; the coast, and the borders between countries. */
export function countryFeatures(topology: NaturalEarth, tints: ReadonlyMap<string, number>): WorldFeature[] {
  const arcs = decodeArcs(topology);
  const countries = topology.objects.countries?.geometries ?? [];
  const land = countries.flatMap((country) => {
    const name = nameOf(country);
    const tags = { layer: "countries", name, tint: tints.get(name) ?? name.length % 4 } as const;
    return polygonsOf(country)
      .flatMap((rings) => polygonOnMap(rings.map((ring) => stitch(arcs, ring))))
      .map((paths) => worldFeature("polygon", paths, tags));
  });
  return [...land, ...outlines(arcs, countries.flatMap(arcsOf))];
}

/** An arc that one country uses is coast, one that two use is a border. */
function outlines(arcs: readonly Path[], used: readonly number[]): WorldFeature[] {
  const uses = new Uint8Array(arcs.length);
  for (const index of used) {
    const arc = index < 0 ? ~index : index;
    uses[arc] = (uses[arc] ?? 0) + 1;
  }
  return arcs.flatMap((arc, i) => {
    if (uses[i] === 0) return [];
    const layer = uses[i] === 1 ? "coast" : "borders";
    return lineOnMap(arc).map((path) => worldFeature("line", [path], { layer }));
  });
}
