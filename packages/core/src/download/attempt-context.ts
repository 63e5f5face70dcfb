import type { TileInfo } from "../ports/tile.ts";
import type { Transport } from "../ports/transport.ts";
import type { PauseContext } from "./backoff.ts";
import type { HostGate } from "./host-gate.ts";
import type { Roster } from "./roster.ts";
import type { FoundSea } from "./sea.ts";
import type { TokenBucket } from "./token-bucket.ts";
import type { Work } from "./work-list.ts";

/** What all tiles of a download have in common. */
export interface AttemptContext extends PauseContext {
  readonly transport: Transport;
  readonly gate: HostGate;
  readonly bucket: TokenBucket | undefined;
  readonly urlOf: (tile: Work["key"]) => string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isSea: (bytes: Uint8Array) => boolean;
  /** Absent: every tile is asked for, sea or not. */
  readonly foundSea?: FoundSea | undefined;
  readonly lanes: number;
  /** How often a tile is asked for before it is postponed. */
  readonly attempts: number;
  readonly maxTileBytes: number;
  /** Whether what the database has of a tile is good enough not to ask for it. */
  readonly isGoodEnough: (info: TileInfo, now: number) => boolean;
  /** How long a tile is good at the least, whatever the server says of it. */
  readonly minCacheMs: number;
  /** Those that ask for a tile at the moment, for whoever stops them. */
  readonly asking: Roster<Stoppable>;
}

export interface Stoppable {
  /** What has not gone out does not go out any more; what has, comes to its end. */
  readonly stop: () => void;
}
