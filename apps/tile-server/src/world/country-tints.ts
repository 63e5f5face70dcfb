import { type NaturalEarth, nameOf } from "./read-topology.ts";
import { arcsOf } from "./ring-arcs.ts";

export const TINTS = 6;

/** A tint for each country by its name, so that countries with a common border differ. */
export function countryTints(topology: NaturalEarth): ReadonlyMap<string, number> {
  const countries = topology.objects.countries?.geometries ?? [];
  const names = countries.map(nameOf);
  const countriesByArc = new Map<number, number[]>();
  countries.forEach((country, i) => {
    for (const arc of arcsOf(country)) {
      const index = arc < 0 ? ~arc : arc;
      const sharers = countriesByArc.get(index);
      if (sharers === undefined) countriesByArc.set(index, [i]);
      else sharers.push(i);
    }
  });

  const neighbours = names.map(() => new Set<number>());
  for (const sharers of countriesByArc.values()) {
    for (const a of sharers) for (const b of sharers) if (a !== b) neighbours[a]?.add(b);
  }
  return greedyColours(names, neighbours);
}

/** Countries with many neighbours choose first; each begins its search elsewhere, so that all tints are used. */
function greedyColours(names: readonly string[], neighbours: readonly ReadonlySet<number>[]): Map<string, number> {
  const tints = new Map<string, number>();
  const order = names.map((_, i) => i).sort((a, b) => (neighbours[b]?.size ?? 0) - (neighbours[a]?.size ?? 0) || a - b);
  order.forEach((country, turn) => {
    const taken = new Set([...(neighbours[country] ?? [])].map((other) => tints.get(names[other] ?? "")));
    let tint = turn % TINTS;
    for (let i = 0; i < TINTS && taken.has(tint); i++) tint = (tint + 1) % TINTS;
    tints.set(names[country] ?? "", tint);
  });
  return tints;
}
