import { paletteOf } from "../raster/palette.ts";
import { TINTS } from "../world/country-tints.ts";

/** A MapLibre style that draws the vector tiles as the raster ones look. */
export function styleJson(baseUrl: string, version: number): object {
  const palette = paletteOf(version);
  const layer = (id: string, type: string, sourceLayer: string, paint: object, layout: object = {}) => ({
    id,
    type,
    source: "world",
    "source-layer": sourceLayer,
    paint,
    layout,
  });
  const tints = Array.from({ length: TINTS }, (_, tint) => [tint, palette.land[tint] ?? palette.halo]);
  const widths = (atZoom0: number, atZoom10: number) => ["interpolate", ["linear"], ["zoom"], 0, atZoom0, 10, atZoom10];
  const round = { "line-join": "round", "line-cap": "round" };
  return {
    version: 8,
    name: "World",
    sources: { world: { type: "vector", url: `${baseUrl}/vector.json` } },
    glyphs: `${baseUrl}/glyphs/{fontstack}/{range}.pbf`,
    layers: [
      { id: "background", type: "background", paint: { "background-color": palette.sea } },
      layer("sea", "fill", "sea", { "fill-color": palette.sea, "fill-antialias": false }),
      layer("countries", "fill", "countries", {
        "fill-color": ["match", ["get", "tint"], ...tints.flat(), palette.land[0] ?? palette.halo],
      }),
      layer("lakes", "fill", "lakes", { "fill-color": palette.sea }),
      layer("rivers", "line", "rivers", { "line-color": palette.river, "line-width": widths(0.2, 1.7) }, round),
      layer("coast", "line", "coast", { "line-color": palette.coast, "line-width": widths(0.4, 1.4) }, round),
      layer("borders", "line", "borders", { "line-color": palette.border, "line-width": widths(0.4, 1.6) }, round),
      {
        ...layer(
          "names",
          "symbol",
          "names",
          { "text-color": palette.name, "text-halo-color": palette.halo, "text-halo-width": 1.5 },
          {
            "text-field": ["get", "name"],
            "text-font": ["Noto Sans SemiBold"],
            "text-size": ["interpolate", ["linear"], ["zoom"], 1, 11, 6, 16],
            "symbol-sort-key": ["get", "rank"],
          },
        ),
        // Small countries have their names only when one is near.
        filter: ["<=", ["get", "rank"], ["+", ["zoom"], 4]],
      },
    ],
  };
}
