import { lineOnMap, polygonOnMap } from "./across-antimeridian.ts";
import { decodeArcs, stitch } from "./decode-arcs.ts";
import type { NaturalEarth } from "./read-topology.ts";
import { linesOf, polygonsOf } from "./ring-arcs.ts";
import { type WorldFeature, worldFeature } from "./world-feature.ts";

/** Lakes and rivers. */
export function waterFeatures(topology: NaturalEarth): WorldFeature[] {
  const arcs = decodeArcs(topology);
  const lakes = topology.objects.lakes?.geometries ?? [];
  const rivers = topology.objects.rivers?.geometries ?? [];
  return [
    ...lakes
      .flatMap(polygonsOf)
      .flatMap((rings) => polygonOnMap(rings.map((ring) => stitch(arcs, ring))))
      .map((paths) => worldFeature("polygon", paths, { layer: "lakes" })),
    ...rivers
      .flatMap(linesOf)
      .flatMap((line) => lineOnMap(stitch(arcs, line)))
      .map((path) => worldFeature("line", [path], { layer: "rivers" })),
  ];
}
