import { openControlPort } from "./control/open-control-port.ts";
import { FaultState } from "./faults/fault-state.ts";
import { Door } from "./http/door.ts";
import { openServer } from "./http/open-server.ts";
import { serve } from "./http/serve.ts";
import type { Service } from "./http/service.ts";
import { drawAhead } from "./raster/draw-ahead.ts";
import { rasterTiles } from "./raster/raster-tiles.ts";
import { loadSkia } from "./raster/skia.ts";
import { DEFAULT_OPTIONS, type ServerOptions } from "./server-options.ts";
import { RequestLog } from "./stats/request-log.ts";
import { Stats } from "./stats/stats.ts";
import { sampleTiles } from "./throughput/sample.ts";
import { throughputLane } from "./throughput/throughput-lane.ts";
import { Turns } from "./turns.ts";
import { vectorTiles } from "./vector/vector-tiles.ts";
import { loadWorld } from "./world/world.ts";

export interface TileServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Of the control endpoint, whether or not the server is offline. */
  readonly controlUrl: string;
  /** What a client has to trust, in PEM; only of a server with HTTP/2. */
  readonly certificate: string | undefined;
  readonly faults: FaultState;
  readonly stats: Stats;
  readonly log: RequestLog;
  readonly close: () => Promise<void>;
}

/** Starts a server and settles when it takes requests, or refuses them as it was told to. */
export async function startTileServer(given: Partial<ServerOptions> = {}): Promise<TileServer> {
  const options = { ...DEFAULT_OPTIONS, ...given };
  const skia = await loadSkia();
  const world = loadWorld();
  const tiles = rasterTiles(skia, world);
  const made = {
    options,
    skia,
    world,
    rasterTiles: options.throughput ? sampleTiles(tiles) : tiles,
    vectorTiles: vectorTiles(world),
    faults: new FaultState(options.faults),
    stats: new Stats(),
    log: new RequestLog(options.onLog),
    changes: new Turns(),
  };
  const { faults, stats, log } = made;

  const port = await openServer(options, {
    onConnection: () => stats.countConnection(),
    onExchange: (exchange) => {
      serve(exchange, service).catch((error) => {
        reportDefect(`${exchange.method} ${exchange.target}`, error);
        exchange.disconnect();
      });
    },
    fastLane: options.throughput ? throughputLane({ ...made, rasterTiles: tiles }) : undefined,
  });
  const door = new Door(port);
  const service: Service = { ...made, door };
  await door.setOffline(faults.current.offline);
  const control = await openControlPort(options.controlPort, service, reportDefect).catch(async (error) => {
    await door.close();
    throw error;
  });
  const closing = new AbortController();
  if (options.drawAhead && !options.throughput) {
    drawAhead(tiles, faults.current.map.version, closing.signal).catch((error) => reportDefect("Drawing ahead", error));
  }
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `${options.http2 ? "https" : "http"}://${host}:${port.port}`,
    port: port.port,
    controlUrl: control.url,
    certificate: port.certificate,
    faults,
    stats,
    log,
    close: async () => {
      closing.abort();
      await Promise.all([door.close(), control.shut()]);
    },
  };
}

/** A defect of the server itself: said aloud, and no reason to leave a client waiting. */
function reportDefect(what: string, error: unknown): void {
  console.error(`${what} failed:`, error);
}
