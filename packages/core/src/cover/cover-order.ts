/**
 * The version of the order of tiles in covers. It changes if ever a place in a cover comes to mean another tile, so that a
 * download which was recorded by places is not continued by others.
 */
export const COVER_ORDER = 1;
