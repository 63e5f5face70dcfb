import { DEEPEST_ZOOM } from "../deepest-zoom.ts";
import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";

export interface Zooms {
  readonly minZoom: number;
  readonly maxZoom: number;
}

/** The zooms of `--zooms 8-14` or `--zooms 12`. */
export function readZooms(value: string): Zooms {
  const [, first, last = first] = /^\s*(\d{1,3})\s*(?:-\s*(\d{1,3})\s*)?$/.exec(value) ?? [];
  const minZoom = Number(first);
  const maxZoom = Number(last);
  const problem = problemOf(minZoom, maxZoom);
  if (problem === undefined) return { minZoom, maxZoom };
  throw new UsageError(`--zooms is ${quoted(value)}, but ${problem}.`);
}

function problemOf(minZoom: number, maxZoom: number): string | undefined {
  if (Number.isNaN(minZoom)) return "must be a zoom or two, such as 12 or 8-14";
  if (Math.max(minZoom, maxZoom) > DEEPEST_ZOOM) return `zooms end at ${DEEPEST_ZOOM}`;
  return minZoom > maxZoom ? `must begin with the lesser one: ${maxZoom}-${minZoom}` : undefined;
}
