/** A rectangle of the picture, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const WIDTH = 1280;
export const HEIGHT = 840;
export const MARGIN = 40;

/** The map is drawn several times, at one zoom each. */
export interface MapPlace {
  readonly box: Box;
  readonly zoom: number;
  readonly tilePixels: number;
}

/** In the middle, and large. */
export const MAIN_MAP: MapPlace = {
  box: { left: 0, top: 92, width: WIDTH, height: 544 },
  zoom: 11,
  tilePixels: 32,
};

/** Below it, a quarter as large. */
export const SMALL_MAPS: readonly MapPlace[] = [9, 10, 12, 13].map((zoom, i) => ({
  box: { left: (i * WIDTH) / 4, top: 648, width: WIDTH / 4, height: 136 },
  zoom,
  tilePixels: 8 * 2 ** (11 - zoom),
}));

/** The baselines of what is written. */
export const BASELINES = {
  title: 52,
  subtitle: 82,
  circle: 186,
  line: 582,
  mainZoom: 612,
  smallZoom: 804,
  foot: 826,
} as const;
