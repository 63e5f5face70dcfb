declare module "polylabel" {
  /** The point within a polygon that is furthest from its outline. */
  function polylabel(polygon: import("geojson").Position[][], precision?: number): [number, number];
  export = polylabel;
}
