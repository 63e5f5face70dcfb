import { FaultState } from "./faults/fault-state.ts";
import type { Exchange } from "./http/exchange.ts";
import { type OpenServer, openServer } from "./http/open-server.ts";
import { serve } from "./http/serve.ts";
import type { Service } from "./http/service.ts";
import { rasterTiles } from "./raster/raster-tiles.ts";
import { loadSkia } from "./raster/skia.ts";
import { DEFAULT_OPTIONS, type ServerOptions } from "./server-options.ts";
import { RequestLog } from "./stats/request-log.ts";
import { Stats } from "./stats/stats.ts";
import { sampleTiles } from "./throughput/sample.ts";
import { throughputLane } from "./throughput/throughput-lane.ts";
import { vectorTiles } from "./vector/vector-tiles.ts";
import { loadWorld } from "./world/world.ts";

export interface TileServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** What a client has to trust, in PEM; only of a server with HTTP/2. */
  readonly certificate: string | undefined;
  readonly faults: FaultState;
  readonly stats: Stats;
  readonly log: RequestLog;
  readonly close: () => Promise<void>;
}

/** Starts a server and settles when it takes requests. */
export async function startTileServer(given: Partial<ServerOptions> = {}): Promise<TileServer> {
  const options = { ...DEFAULT_OPTIONS, ...given };
  const skia = await loadSkia();
  const world = loadWorld();
  const tiles = rasterTiles(skia, world);
  const stats = new Stats();
  let door: OpenServer | undefined;
  let reopening: NodeJS.Timeout | undefined;

  const service: Service = {
    options,
    skia,
    world,
    rasterTiles: options.throughput ? sampleTiles(tiles) : tiles,
    vectorTiles: vectorTiles(world),
    faults: new FaultState(options.faults),
    stats,
    log: new RequestLog(options.onLog),
    refuseFor: (durationMs) => {
      // The answer to the request for it goes out first.
      setImmediate(async () => {
        clearTimeout(reopening);
        reopening = setTimeout(() => door?.reopen(), durationMs);
        await door?.shut();
      });
    },
  };

  door = await openServer(options, {
    onConnection: () => stats.countConnection(),
    onExchange: (exchange) => {
      serve(exchange, service).catch((error) => fail(exchange, error));
    },
    fastLane: options.throughput ? throughputLane({ ...service, rasterTiles: tiles }) : undefined,
  });
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `${options.http2 ? "https" : "http"}://${host}:${door.port}`,
    port: door.port,
    certificate: door.certificate,
    faults: service.faults,
    stats,
    log: service.log,
    close: async () => {
      clearTimeout(reopening);
      await door.shut();
    },
  };
}

/** A defect of the server itself: said aloud, and no reason to leave the client waiting. */
function fail(exchange: Exchange, error: unknown): void {
  console.error(`${exchange.method} ${exchange.target} failed:`, error);
  exchange.disconnect();
}
