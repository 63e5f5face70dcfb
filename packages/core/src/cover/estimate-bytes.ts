import { RegionError } from "../errors/region-error.ts";
import { readInteger, readNumber } from "../region/read-number.ts";

/** What a download may weigh, in bytes, and the sentence that says how far to trust it. */
export interface ByteEstimate {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
  readonly assumption: string;
}

/** Sizes vary by about their mean before anything is known of them: this counts as much as one more sample. */
const ASSUMED_SPREAD = 1;

/** How far the mean size may lie aside for each zoom that it is taken from afar, as a part of it. */
const SPREAD_PER_ZOOM = 0.3;

/** Standard errors on either side. Two would do for large samples; small ones of skewed sizes understate their error. */
const ERRORS = 2.5;

/**
 * What a cover may weigh, from its tiles' number and the sizes of a few of them, by zoom.
 *
 * The assumption: at each zoom the sampled tiles are drawn at random from those of the cover. Then the total is that of
 * a stratified sample, Σ N·m, with the variance Σ N²·s²/n·(1 − n/N) for N tiles of which n have the mean m and the
 * variance s² (Cochran, Sampling Techniques, 1977, §5.3). Sizes cannot be negative, so the range runs from likely / f to
 * likely · f, f = exp(2.5 · error / likely): about 9 in 10 such ranges hold the truth where sizes are as skewed as those
 * of map tiles. As a few samples say little about their variance, one more that is off by the mean is counted in: one
 * sample a zoom gives a wide range, never none.
 *
 * Zooms without samples take those of the nearest zoom that has some, the lower of two, and widen the range. Same input,
 * same estimate. No tiles weigh nothing, whatever the samples.
 *
 * @throws RegionError if there is no sample at all, a count is not a whole number, or a size not one of 0 or more.
 * @example
 * const { likely } = estimateBytes(cover.countByZoom, new Map([[12, [18_204, 9_310]], [14, [22_871]]]));
 */
export function estimateBytes(
  countByZoom: ReadonlyMap<number, number>,
  sizesByZoom: ReadonlyMap<number, readonly number[]>,
): ByteEstimate {
  for (const [z, count] of countByZoom) readInteger(count, `countByZoom[${z}]`, 0, Number.MAX_SAFE_INTEGER);
  const samples = [...sizesByZoom].filter(([, sizes]) => sizes.length > 0).map(([z, sizes]) => sampleOf(z, sizes));
  const counts = [...countByZoom].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const borrowed: string[] = [];
  const standsFor = new Map<Sample, number>();
  let likely = 0;
  let variance = 0;
  for (const [z, count] of counts) {
    const sample = nearest(samples, z);
    likely += count * sample.mean;
    standsFor.set(sample, (standsFor.get(sample) ?? 0) + count);
    if (sample.z === z) continue;
    borrowed.push(`${z} like ${sample.z}`);
    variance += (count * sample.mean * SPREAD_PER_ZOOM * (z - sample.z)) ** 2;
  }
  // Zooms that share a sample share its error, so their tiles are counted together.
  for (const [{ z, size, variance: s2 }, count] of standsFor) {
    const rest = count === countByZoom.get(z) ? Math.max(0, 1 - size / count) : 1;
    variance += (count ** 2 * s2 * rest) / size;
  }
  const factor = likely === 0 ? 1 : Math.exp((ERRORS * Math.sqrt(variance)) / likely);
  return {
    low: Math.floor(likely / factor),
    likely: Math.round(likely),
    high: Math.ceil(likely * factor),
    assumption: sentence(samples, borrowed),
  };
}

interface Sample {
  readonly z: number;
  readonly size: number;
  readonly mean: number;
  readonly variance: number;
}

function sampleOf(z: number, sizes: readonly number[]): Sample {
  const size = sizes.length;
  const mean = sizes.reduce((sum, bytes, i) => sum + readSize(bytes, `sizesByZoom[${z}][${i}]`), 0) / size;
  const squares = sizes.reduce((sum, bytes) => sum + (bytes - mean) ** 2, (ASSUMED_SPREAD * mean) ** 2);
  return { z, size, mean, variance: squares / size };
}

function readSize(value: unknown, field: string): number {
  const bytes = readNumber(value, field);
  if (bytes < 0) throw new RegionError(field, value, `is ${bytes}, but must be a size of 0 bytes or more.`);
  return bytes;
}

function nearest(samples: readonly Sample[], zoom: number): Sample {
  const distance = ({ z }: Sample) => Math.abs(z - zoom) + (z > zoom ? 0.5 : 0);
  const [first, ...others] = samples;
  if (first === undefined) {
    throw new RegionError("sizesByZoom", samples, "has no sizes, but an estimate needs that of at least one tile.");
  }
  return others.reduce((best, sample) => (distance(sample) < distance(best) ? sample : best), first);
}

function sentence(samples: readonly Sample[], borrowed: readonly string[]): string {
  const size = samples.reduce((sum, sample) => sum + sample.size, 0);
  const taken = borrowed.length === 0 ? "" : `, zooms without samples the nearest ones' (${borrowed.join(", ")})`;
  const tiles = size === 1 ? "The 1 tile sampled stands" : `The ${size} tiles sampled stand`;
  return `${tiles} for all of their zoom, as if drawn at random${taken}; the true size is within the range in about 9 of 10 cases.`;
}
