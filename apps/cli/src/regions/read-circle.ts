import { type CircleRegion, circle } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";
import { aboutFlag } from "./about-flag.ts";
import { readDecimal } from "./read-decimal.ts";
import { readDistance } from "./read-distance.ts";

/** The circle of `--circle LAT,LON,RADIUS`. */
export function readCircle(value: string): CircleRegion {
  const [first = "", second = "", third = "", ...others] = value.split(",");
  const lat = readDecimal(first);
  const lng = readDecimal(second);
  const radiusMeters = readDistance(third);
  if (lat === undefined || lng === undefined || radiusMeters === undefined || others.length > 0) {
    const wanted = "LAT,LON,RADIUS, such as 51.5074,-0.1278,5km";
    throw new UsageError(`--circle is ${quoted(value)}, but must be ${wanted}.`);
  }
  return aboutFlag("--circle", value, () => circle({ lat, lng }, radiusMeters));
}
