import type { IncomingHttpHeaders } from "node:http";
import { policyOf } from "@fmtc/core";
import { DEEPEST_ZOOM } from "../deepest-zoom.ts";
import type { Answer } from "./answer.ts";
import { baseUrlOf } from "./base-url.ts";
import { documentAnswer } from "./document-answer.ts";
import type { MapService } from "./map-service.ts";
import { answerUnlessSource, answerUnlessStore, shortSourceOrAnswer } from "./missing.ts";
import { pathOf } from "./tile-addresses.ts";
import { within } from "./within.ts";

/** How long a map waits for bounds. Without them it takes the whole world. */
const PATIENCE_MS = 1_000;

/**
 * TileJSON of a source of a store, or of that which is meant where none is named. 3.0.0 has nothing more to say of images, and
 * of vector tiles wants the names of all layers, which would take a look into each tile.
 */
export async function answerTileJson(
  store: string,
  named: string | undefined,
  headers: IncomingHttpHeaders,
  service: MapService,
): Promise<Answer> {
  const missing = await answerUnlessStore(service, store);
  if (missing !== undefined) return missing;
  const source = named ?? (await shortSourceOrAnswer(service, store));
  if (typeof source !== "string") return source;
  const { contents, known, readThrough } = service;
  const definition = known.get(source);
  const isReadThrough = readThrough?.sources.has(source) === true;
  const zooms = isReadThrough ? undefined : await contents.zooms(store, source);
  if (!isReadThrough && zooms === undefined) {
    const none = await answerUnlessSource(service, store, source);
    if (none !== undefined) return none;
  }
  // What is read through is there as far as its server reaches.
  const bounds = isReadThrough ? undefined : await within(PATIENCE_MS, contents.bounds(store, source));
  const attribution = definition?.attribution ?? (definition && policyOf(definition).attribution);
  const document = {
    tilejson: "2.2.0",
    name: named === undefined ? store : `${store}: ${source}`,
    // Without an ending, as some servers give tiles of several types.
    tiles: [`${baseUrlOf(headers, service.ownUrl())}${pathOf(store, named)}/{z}/{x}/{y}`],
    scheme: "xyz",
    minzoom: zooms?.minZoom ?? definition?.minZoom ?? 0,
    maxzoom: zooms?.maxZoom ?? definition?.maxZoom ?? DEEPEST_ZOOM,
    ...(bounds && { bounds: [bounds.west, bounds.south, bounds.east, bounds.north] }),
    ...(attribution !== undefined && { attribution }),
  };
  return documentAnswer(`${JSON.stringify(document)}\n`, { "content-type": "application/json" }, headers);
}
