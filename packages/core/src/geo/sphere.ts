/** The mean radius of the Earth (IUGG R₁), in metres. All distances are great circles on this sphere. */
export const EARTH_RADIUS_METERS = 6_371_008.8;

export const RADIANS = Math.PI / 180;

/** The angle that a distance on the ground subtends at the Earth's centre, in radians; half a turn at the most. */
export function angleOf(meters: number): number {
  return Math.min(meters / EARTH_RADIUS_METERS, Math.PI);
}
