export { fromGpx, type GpxOptions } from "./from-gpx.ts";
export { fromKml, type KmlOptions } from "./from-kml.ts";
export { TrackError } from "./track-error.ts";
