import type { MapService } from "./map-service.ts";
import { segmentOf } from "./path-name.ts";
import { sourcesOf } from "./sources-of.ts";

/** Where the tiles of a source of a store are, from the server's root on. */
export interface TileAddress {
  readonly store: string;
  readonly source: string;
  /** A template; with the ending of its tiles, if they seem to have one in common. */
  readonly tiles: string;
  readonly tileJson: string;
}

/** The addresses of all that a store has; a shorter one of a source that need not be named. */
export async function tileAddresses(service: MapService, store: string): Promise<readonly TileAddress[]> {
  const { all, short } = await sourcesOf(service, store);
  return Promise.all(
    all.map(async (source) => {
      const zooms = await service.contents.zooms(store, source);
      const ending = zooms?.ending === undefined ? "" : `.${zooms.ending}`;
      const path = pathOf(store, source === short ? undefined : source);
      return { store, source, tiles: `${path}/{z}/{x}/{y}${ending}`, tileJson: `${path}.json` };
    }),
  );
}

/** Without a source: of the one that need not be named. */
export function pathOf(store: string, source: string | undefined): string {
  return source === undefined ? `/${segmentOf(store)}` : `/${segmentOf(store)}/${segmentOf(source)}`;
}
