import { fromGeoJSON, type Region, RegionError } from "@fmtc/core";
import type { Position } from "./position.ts";
import { TrackError } from "./track-error.ts";
import type { Format } from "./wrong-file.ts";

/** What a file holds, in the order it stands there. */
export interface Shapes {
  readonly points: readonly Position[];
  readonly lines: readonly (readonly Position[])[];
  /** Each its outer ring, then its holes. */
  readonly polygons: readonly (readonly (readonly Position[])[])[];
}

/** The region of a file's lines and polygons; of its points only where it has neither. */
export function regionOf(shapes: Shapes, format: Format, radiusMeters: number | undefined): Region {
  const geometries = geometriesOf(shapes);
  const [first] = geometries;
  if (first === undefined) {
    throw new TrackError(
      `The ${format} has no ${format === "GPX" ? "track, route or waypoint" : "line, polygon or point"} with a position.`,
    );
  }
  const withoutArea = geometries.find(({ type }) => type !== "Polygon");
  if (withoutArea !== undefined && radiusMeters === undefined) {
    const problem = `is missing, but the ${format} has a ${withoutArea.type}: say how far around it the map is wanted.`;
    throw new RegionError("radiusMeters", radiusMeters, problem);
  }
  try {
    const all = { type: "GeometryCollection", geometries };
    return fromGeoJSON(all, radiusMeters === undefined ? {} : { radiusMeters });
  } catch (error) {
    if (!RegionError.isInstance(error) || error.field === "radiusMeters") throw error;
    throw new TrackError(`The ${format} has a shape that makes no region: ${error.message}`, { cause: error });
  }
}

interface Geometry {
  readonly type: "Point" | "LineString" | "Polygon";
  readonly coordinates: unknown;
}

function geometriesOf({ points, lines, polygons }: Shapes): Geometry[] {
  const shapes: Geometry[] = [
    ...lines.filter((path) => path.length > 0).map(lineOrPoint),
    ...polygons.map((coordinates) => ({ type: "Polygon" as const, coordinates })),
  ];
  return shapes.length > 0 ? shapes : points.map((coordinates) => ({ type: "Point", coordinates }));
}

/** A recording that was stopped at once has one position: its surroundings are wanted all the same. */
function lineOrPoint(path: readonly Position[]): Geometry {
  return path.length === 1 ? { type: "Point", coordinates: path[0] } : { type: "LineString", coordinates: path };
}
