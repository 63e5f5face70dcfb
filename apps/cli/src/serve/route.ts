import type { TileCoord } from "@fmtc/core";

/** What a request asks for. */
export type Route =
  | { readonly kind: "index" }
  | { readonly kind: "tile-json"; readonly store: string; readonly source: string | undefined }
  | TileRoute
  | { readonly kind: "problem"; readonly status: 400 | 404; readonly text: string };

export interface TileRoute {
  readonly kind: "tile";
  readonly store: string;
  /** Undefined: the only one that the store has. */
  readonly source: string | undefined;
  readonly tile: TileCoord;
  /** Such as `png`, in lower case. */
  readonly ending: string | undefined;
}
