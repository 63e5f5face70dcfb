declare module "world-atlas/countries-50m.json" {
  const topology: import("./norway.ts").Topology;
  export = topology;
}

declare module "topojson-client" {
  export function feature(topology: object, object: object): import("geojson").Feature<import("geojson").MultiPolygon>;
}
