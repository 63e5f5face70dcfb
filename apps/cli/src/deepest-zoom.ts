/** There are no tiles of zooms beyond it, as core has it. */
export const DEEPEST_ZOOM = 24;
