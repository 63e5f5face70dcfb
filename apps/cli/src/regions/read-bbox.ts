import { type RectangleRegion, rectangle } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";
import { aboutFlag } from "./about-flag.ts";
import { readDecimal } from "./read-decimal.ts";

/** The rectangle of `--bbox W,S,E,N`. */
export function readBbox(value: string): RectangleRegion {
  const [west, south, east, north, ...others] = value.split(",").map(readDecimal);
  if (west === undefined || south === undefined || east === undefined || north === undefined || others.length > 0) {
    const wanted = "W,S,E,N in degrees, such as -0.5,51.2,0.3,51.7";
    throw new UsageError(`--bbox is ${quoted(value)}, but must be ${wanted}.`);
  }
  return aboutFlag("--bbox", value, () => rectangle({ north, south, east, west }));
}
