declare module "@mapbox/tile-cover" {
  interface TileCover {
    tiles(
      geometry: import("geojson").Geometry,
      limits: { min_zoom: number; max_zoom: number },
    ): [x: number, y: number, z: number][];
  }
  const cover: TileCover;
  export = cover;
}
