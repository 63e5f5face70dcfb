import type { Feature, LineString, Polygon } from "geojson";

/** The layers of the map, from the ground up. */
export const LAYERS = ["countries", "lakes", "rivers", "coast", "borders"] as const;

export type Layer = (typeof LAYERS)[number];

export interface WorldTags {
  readonly layer: Layer;
  readonly name?: string;
  /** Which of a few colours a country has; neighbours differ. */
  readonly tint?: number;
}

/** A part of the world in world coordinates, whose `bbox` is always there. */
export type WorldFeature = Feature<Polygon | LineString, WorldTags> & { bbox: [number, number, number, number] };

export function worldFeature(geometry: Polygon | LineString, properties: WorldTags): WorldFeature {
  return { type: "Feature", properties, geometry, bbox: boxOf(geometry) };
}

function boxOf(geometry: Polygon | LineString): WorldFeature["bbox"] {
  const outline = geometry.type === "Polygon" ? (geometry.coordinates[0] ?? []) : geometry.coordinates;
  const box: WorldFeature["bbox"] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of outline) {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}
