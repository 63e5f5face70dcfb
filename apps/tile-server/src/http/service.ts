import type { FaultState } from "../faults/fault-state.ts";
import type { RasterTiles } from "../raster/raster-tiles.ts";
import type { Skia } from "../raster/skia.ts";
import type { ServerOptions } from "../server-options.ts";
import type { RequestLog } from "../stats/request-log.ts";
import type { Stats } from "../stats/stats.ts";
import type { Turns } from "../turns.ts";
import type { VectorTiles } from "../vector/vector-tiles.ts";
import type { World } from "../world/world.ts";
import type { Door } from "./door.ts";

/** What answers are made from. */
export interface Service {
  readonly options: ServerOptions;
  readonly skia: Skia;
  readonly world: World;
  readonly rasterTiles: RasterTiles;
  readonly vectorTiles: VectorTiles;
  readonly faults: FaultState;
  readonly stats: Stats;
  readonly log: RequestLog;
  /** That of the map. */
  readonly door: Door;
  /** Of those who change the faults through the control endpoint. */
  readonly changes: Turns;
}
