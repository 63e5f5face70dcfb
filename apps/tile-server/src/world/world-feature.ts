import { type Path, rangeOf } from "./path.ts";

/** The layers of the map, from the ground up. */
export const LAYERS = ["countries", "lakes", "rivers", "coast", "borders"] as const;

export type Layer = (typeof LAYERS)[number];

export interface WorldTags {
  readonly layer: Layer;
  readonly name?: string;
  /** Which of a few colours a country has; neighbours differ. */
  readonly tint?: number;
}

/** A polygon of one or more rings, or a line, in world coordinates. */
export interface WorldFeature {
  readonly type: "polygon" | "line";
  readonly paths: readonly Path[];
  readonly tags: WorldTags;
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/** The first ring of a polygon goes around all others. */
export function worldFeature(type: WorldFeature["type"], paths: readonly Path[], tags: WorldTags): WorldFeature {
  const [outline = new Float64Array()] = paths;
  const [west, east] = rangeOf(outline, 0);
  const [north, south] = rangeOf(outline, 1);
  return { type, paths, tags, west, east, north, south };
}
