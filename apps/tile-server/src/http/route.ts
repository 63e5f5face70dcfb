import type { RasterStyle } from "../raster/raster-tiles.ts";
import type { Tile } from "../tile.ts";

/** What a request is for. `path` is the name of a part of the map in faults, statistics and log. */
export type Route =
  | {
      readonly kind: "raster";
      readonly path: string;
      readonly tile: Tile;
      readonly style: Omit<RasterStyle, "version">;
    }
  | { readonly kind: "vector"; readonly path: string; readonly tile: Tile }
  | { readonly kind: "wms"; readonly path: string; readonly query: URLSearchParams }
  | { readonly kind: "document"; readonly name: "index" | "xyz.json" | "vector.json" | "style.json" }
  | { readonly kind: "glyphs"; readonly stack: string; readonly start: number }
  | { readonly kind: "control" | "outage" | "stats" | "log"; readonly query: URLSearchParams }
  | { readonly kind: "problem"; readonly status: 400 | 404; readonly message: string };
