declare module "world-atlas/countries-50m.json" {
  const topology: import("topojson-client").Topology;
  export = topology;
}

declare module "topojson-client" {
  export interface Topology {
    readonly objects: { readonly countries: { readonly geometries: readonly { properties: { name: string } }[] } };
  }

  export function feature(
    topology: Topology,
    object: object,
  ): import("geojson").Feature<import("geojson").MultiPolygon>;
}
