import type { Region } from "@fmtc/core";
import { type Position, readPosition } from "./position.ts";
import { readXml, type XmlElement } from "./read-xml.ts";
import { regionOf } from "./region-of.ts";

export interface GpxOptions {
  /** How far around the tracks the map is wanted, in metres along great circles. */
  readonly radiusMeters: number;
}

/**
 * The corridor along the tracks and routes of a GPX text: a line, or several as a multi region.
 *
 * Each segment of a track is a line of its own, so a gap in the recording is not bridged. Routes follow the shaping
 * points that Garmin's programs add. Waypoints are left out, unless the file has nothing else: then each makes a
 * circle, as does a segment with a single position. Lines take the short way round in longitude, over the antimeridian
 * where it lies between.
 *
 * @throws TrackError if the text is not GPX, a position in it is not valid, or it has none.
 * @throws RegionError if the radius is not valid.
 * @example
 * const region = fromGpx(await file.text(), { radiusMeters: 500 });
 */
export function fromGpx(text: string, options: GpxOptions): Region {
  const lines: Position[][] = [];
  const points: Position[] = [];
  let path: Position[] = [];
  readXml(text, "GPX", {
    open(element) {
      switch (element.name) {
        case "trk":
        case "trkseg":
        case "rte":
          path = [];
          lines.push(path);
          break;
        case "trkpt":
        case "rtept":
        case "rpt":
          path.push(positionOf(element));
          break;
        case "wpt":
          points.push(positionOf(element));
          break;
      }
    },
  });
  return regionOf({ lines, points, polygons: [] }, "GPX", options?.radiusMeters);
}

function positionOf({ name, attributes, line }: XmlElement): Position {
  return readPosition(attributes.lon, attributes.lat, `this ${name}`, line);
}
