import type { TileCoord } from "../cover/tile-coord.ts";
import type { TilePolicy } from "./tile-policy.ts";

/** Where tiles come from. */
export interface TileSource {
  /** What tiles are stored under. Keep it when the URL changes: another key or server makes no other tiles. */
  readonly id: string;
  /**
   * How a tile is asked for: `https://…/{z}/{x}/{y}.png`, or a path on the page's own server.
   *
   * - `{z}`, `{x}`, `{y}`; `{-y}` counts rows from the south, as TMS does
   * - `{quadkey}`, as Bing does, and `{bbox-epsg-3857}` for WMS: west, south, east and north in metres
   * - `{s}`, one of `subdomains`; `{r}`, which is `@2x` if `retina`, else nothing
   * - any other name is one of `parameters`
   */
  readonly url: string;
  /** The first zoom that the server has. Default: 0. */
  readonly minZoom?: number | undefined;
  /** The last zoom that the server has. Default: 24. */
  readonly maxZoom?: number | undefined;
  /** The width of a tile on the map, in CSS pixels. Default: 256. */
  readonly tileSize?: number | undefined;
  readonly subdomains?: readonly string[] | undefined;
  /** Whether to ask for tiles of twice the resolution, by `{r}`. Default: false. */
  readonly retina?: boolean | undefined;
  /** What the URL's own placeholders stand for, such as an API key. Never stored. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Sent with each request. Never stored. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Tiles that show nothing but sea, to know others like them by. Default: two in the middle of oceans. */
  readonly seaTiles?: readonly TileCoord[] | undefined;
  /** What must be shown along with the tiles, as text or HTML. */
  readonly attribution?: string | undefined;
  /** What the server's operator allows. Default: what is known of the server (`policyOf`); given, it takes its place. */
  readonly policy?: TilePolicy | undefined;
}
