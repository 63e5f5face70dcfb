/** World coordinates: 0 to 1 from west to east, and from north to south. */
export type WorldPoint = [x: number, y: number];

/** Beyond these the map ends, and latitudes are cut off a little further out, where no picture reaches. */
const CUT_OFF_DEGREES = 86;

export function toWorld(lng: number, lat: number): WorldPoint {
  const clamped = Math.max(-CUT_OFF_DEGREES, Math.min(CUT_OFF_DEGREES, lat));
  const mercator = Math.asinh(Math.tan((clamped * Math.PI) / 180));
  return [0.5 + lng / 360, 0.5 - mercator / (2 * Math.PI)];
}

export function latitudeOf(worldY: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * worldY))) * 180) / Math.PI;
}
