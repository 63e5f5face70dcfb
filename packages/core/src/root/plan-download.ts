import { catchError, filter, firstValueFrom, map, mergeMap, of, takeUntil, timer, toArray } from "rxjs";
import { type Cover, coverOf } from "../cover/cover.ts";
import { type ByteEstimate, estimateBytes } from "../cover/estimate-bytes.ts";
import { END, lanes } from "../download/lanes.ts";
import { TokenBucket } from "../download/token-bucket.ts";
import { describe } from "../errors/describe.ts";
import { OptionError } from "../errors/option-error.ts";
import { TilePolicyError } from "../errors/tile-policy-error.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";
import { verdictOf } from "../response/verdict.ts";
import { assertBulkAllowed } from "../source/policy-of.ts";
import { readDownloadOptions } from "./download-settings.ts";
import { least } from "./least.ts";
import { readKnown, readWhole } from "./read-option.ts";
import { readRegionOf } from "./read-region-of.ts";
import type { RootContext } from "./root-context.ts";
import type { KnownSource } from "./sources.ts";

/** What there is to choose about a plan. */
export interface PlanOptions {
  /** How many tiles of each zoom are fetched to estimate by, a few at a time. Default: 0, and no request is made. */
  readonly samplesPerZoom?: number | undefined;
  /** As the download will be started with. */
  readonly parallel?: number | undefined;
  readonly rateLimit?: number | undefined;
}

/** What a download would take, and whether it may and can be. */
export interface DownloadPlan {
  readonly tiles: number;
  readonly tilesByZoom: ReadonlyMap<number, number>;
  /** What the tiles weigh; undefined without samples. */
  readonly bytes: ByteEstimate | undefined;
  /** The requests a second that the options, the policy, or the samples' own speed allow; undefined if none of them says. */
  readonly tilesPerSecond: number | undefined;
  /** How long it takes at that rate. */
  readonly durationMs: number | undefined;
  /** How much room there is, where the platform tells. */
  readonly availableBytes: number | undefined;
  /** Whether the likely size fits; undefined if either is not known. */
  readonly fits: boolean | undefined;
  readonly isAllowed: boolean;
  /** Why not, and what to do instead. */
  readonly refusal: string | undefined;
}

const MOST_SAMPLES = 100;

export async function planDownload(
  context: RootContext,
  given: DownloadableRegion,
  planOptions: PlanOptions = {},
): Promise<DownloadPlan> {
  const { samplesPerZoom: wanted, ...options } = readPlanOptions(planOptions);
  const samplesPerZoom = readWhole(wanted, "samplesPerZoom", 0, MOST_SAMPLES, 0);
  const { rateLimit, parallel } = readDownloadOptions(options);
  const region = readRegionOf(context.sources, given);
  const known = context.sources.get(region.source);
  const refusal = refusalOf(known, region.maxZoom);
  const cover = coverOf(region);
  const samples =
    refusal === undefined && samplesPerZoom > 0
      ? await fetchSamples(context, known, cover, samplesPerZoom, { parallel, rateLimit })
      : undefined;
  const bytes =
    samples === undefined || samples.sizes.size === 0 ? undefined : estimateBytes(cover.countByZoom, samples.sizes);
  const { availableBytes } = await context.store.stats();
  const limit = least([rateLimit, known.gate.limit?.perSecond]);
  const tilesPerSecond = least([limit, samples?.perSecond]);
  return {
    tiles: cover.count,
    tilesByZoom: cover.countByZoom,
    bytes,
    tilesPerSecond,
    durationMs: tilesPerSecond === undefined ? undefined : (cover.count / tilesPerSecond) * 1_000,
    availableBytes,
    fits: bytes === undefined || availableBytes === undefined ? undefined : bytes.likely <= availableBytes,
    isAllowed: refusal === undefined,
    refusal,
  };
}

function readPlanOptions(options: PlanOptions): PlanOptions {
  if (typeof options !== "object" || options === null) {
    throw new OptionError("options", options, `is ${describe(options)}, but must be an object, { samplesPerZoom }.`);
  }
  readKnown(options, ["samplesPerZoom", "parallel", "rateLimit"], "plan");
  return options;
}

function refusalOf({ source }: KnownSource, maxZoom: number): string | undefined {
  try {
    assertBulkAllowed(source, maxZoom);
    return undefined;
  } catch (error) {
    if (TilePolicyError.isInstance(error)) return error.message;
    throw error;
  }
}

interface Samples {
  readonly sizes: ReadonlyMap<number, readonly number[]>;
  /** How many came a second. */
  readonly perSecond: number | undefined;
}

/** Fetches a few tiles of each zoom, drawn by chance. One that does not come is left out. */
async function fetchSamples(
  { transport, scheduler, random }: RootContext,
  { source, gate, urlOf }: KnownSource,
  cover: Cover,
  perZoom: number,
  { parallel, rateLimit }: { readonly parallel: number; readonly rateLimit?: number | undefined },
): Promise<Samples> {
  const places = placesOf(cover, perZoom, random);
  const bucket = rateLimit === undefined ? undefined : new TokenBucket(rateLimit);
  const begunAt = scheduler.now();
  const fetched$ = lanes({
    parallel,
    pull: () => cover.at(places.pop() ?? -1) ?? END,
    run: (tile) => {
      const { headers } = source;
      const send = () => transport.request({ url: urlOf(tile), headers });
      return timer(bucket?.take(scheduler.now()) ?? 0, scheduler).pipe(
        mergeMap(() => gate.through(send, "bulk", parallel)),
        map((response) => ({ z: tile.z, size: sizeOf(verdictOf(response, scheduler.now())) })),
        catchError(() => of({ z: tile.z, size: undefined })),
      );
    },
    wake$: of(),
  });
  // A plan is not worth waiting for a server that is away.
  const isAway$ = gate.waiting$.pipe(filter((waiting) => waiting !== undefined));
  const fetched = await firstValueFrom(fetched$.pipe(takeUntil(isAway$), toArray()));
  const time = scheduler.now() - begunAt;
  const sizes = new Map<number, number[]>();
  for (const { z, size } of fetched) {
    if (size !== undefined) sizes.set(z, [...(sizes.get(z) ?? []), size]);
  }
  const came = [...sizes.values()].reduce((sum, each) => sum + each.length, 0);
  return { sizes, perSecond: came > 0 && time > 0 ? (came / time) * 1_000 : undefined };
}

/** Places in a cover by chance, so many of each zoom, each once. */
function placesOf(cover: Cover, perZoom: number, random: () => number): number[] {
  const places = new Set<number>();
  let first = 0;
  for (const count of cover.countByZoom.values()) {
    const wanted = Math.min(perZoom, count);
    const before = places.size;
    // Of few tiles all are taken: drawing would find the last ones late.
    if (wanted === count) for (let i = 0; i < count; i++) places.add(first + i);
    while (places.size - before < wanted) places.add(first + Math.floor(random() * count));
    first += count;
  }
  return [...places];
}

/** What a response adds to a download; undefined if that is not known. */
function sizeOf(verdict: ReturnType<typeof verdictOf>): number | undefined {
  if (verdict.kind === "tile") return verdict.bytes.length;
  return verdict.kind === "transient" || verdict.kind === "invalid" ? undefined : 0;
}
