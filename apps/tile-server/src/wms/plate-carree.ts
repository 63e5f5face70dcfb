import { latitudeOf, toWorld } from "../world/mercator.ts";

/** Nothing but land lies south of this. The southernmost coast, at the Ross Ice Shelf, is at 85.22° south. */
const SOUTH_OF_COASTS = -85.5;
/** Where the land of world coordinates ends is shown as far from the pole as this, as some data have a coast there. */
const SOUTH_OF_ALL = -120;

const [, coastsEnd] = toWorld(0, SOUTH_OF_COASTS);
const [, landEnds] = toWorld(0, -90);
const perDegree = (landEnds - coastsEnd) / (SOUTH_OF_COASTS - SOUTH_OF_ALL);

/**
 * Mercator never comes to the poles, and world coordinates are cut off before. So beyond the last coast the land is drawn
 * out, evenly, until it covers the pole. In the north there is only sea, which needs nothing of the kind.
 */
export function worldYOf(latitude: number): number {
  const lat = Math.max(-90, latitude);
  return lat >= SOUTH_OF_COASTS ? toWorld(0, lat)[1] : coastsEnd + (SOUTH_OF_COASTS - lat) * perDegree;
}

/** The reverse of `worldYOf`. */
export function latitudeAt(worldY: number): number {
  return worldY <= coastsEnd ? latitudeOf(worldY) : SOUTH_OF_COASTS - (worldY - coastsEnd) / perDegree;
}
