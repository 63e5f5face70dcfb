import type { IncomingHttpHeaders } from "node:http";
import type { StoredTile, TileKey } from "@fmtc/core";
import { type Answer, emptyAnswer, textAnswer } from "./answer.ts";
import type { MapService } from "./map-service.ts";
import { mayAskServer } from "./may-ask-server.ts";
import { answerUnlessSource, answerUnlessStore, shortSourceOrAnswer } from "./missing.ts";
import { isStale } from "./read-through.ts";
import type { TileRoute } from "./route.ts";
import { tileAnswer } from "./tile-answer.ts";

const NOT_FOR_PAGES = "This tile is not here, and only programs, and pages on this machine, can have it fetched.";

/** A tile of a store; where that lacks it or has a stale one, and it is read through, from the source's server. */
export async function answerTile(
  route: TileRoute,
  headers: IncomingHttpHeaders,
  signal: AbortSignal,
  service: MapService,
): Promise<Answer> {
  const { store, ending, tile: place } = route;
  if (!service.isServed(store)) return (await answerUnlessStore(service, store)) ?? notHere();
  if (route.source === undefined) {
    const missing = await answerUnlessStore(service, store);
    if (missing !== undefined) return missing;
  }
  const source = route.source ?? (await shortSourceOrAnswer(service, store));
  if (typeof source !== "string") return source;
  const key = { source, ...place };
  const held = await heldTile(service, store, key);
  if (held !== undefined && !isStale(held, Date.now())) return tileAnswer(held, ending, headers, Date.now());
  const missing = held === undefined ? await answerUnlessStore(service, store) : undefined;
  if (missing !== undefined) return missing;

  const isReadThrough = service.readThrough?.covers(key) === true;
  if (isReadThrough && mayAskServer(headers, service.trust)) {
    return readThrough(store, key, ending, held, headers, signal, service);
  }
  if (held !== undefined) return tileAnswer(held, ending, headers, Date.now());
  if (isReadThrough) return textAnswer(404, NOT_FOR_PAGES);
  return (await answerUnlessSource(service, store, source)) ?? notHere();
}

async function readThrough(
  store: string,
  key: TileKey,
  ending: string | undefined,
  held: StoredTile | undefined,
  headers: IncomingHttpHeaders,
  signal: AbortSignal,
  service: MapService,
): Promise<Answer> {
  const fetched = await service.readThrough?.read(store, key, held, signal);
  switch (fetched?.kind) {
    case undefined:
      return notHere();
    case "tile":
      return tileAnswer(fetched.tile, ending, headers, Date.now());
    case "empty":
      return emptyAnswer(204, { "cache-control": "no-store" });
    case "unfetched": {
      const { status, sentence, retryAfterMs } = fetched;
      return textAnswer(status, sentence, {
        ...(retryAfterMs !== undefined && { "retry-after": `${Math.ceil(retryAfterMs / 1000)}` }),
      });
    }
  }
}

/** A source id that is a URL is none, and the store says so. */
async function heldTile({ store }: MapService, name: string, key: TileKey): Promise<StoredTile | undefined> {
  return key.source.includes("://") ? undefined : store.tiles.read(key, { stores: [name] });
}

function notHere(): Answer {
  return textAnswer(404, "This tile is not here.");
}
