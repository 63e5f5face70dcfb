import { type CircleRegion, circle } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";
import { aboutFlag } from "./about-flag.ts";
import { readDecimal } from "./read-decimal.ts";
import { readDistance } from "./read-distance.ts";

/** The circle of `--circle LAT,LON,RADIUS`. */
export function readCircle(value: string): CircleRegion {
  const parts = value.split(",");
  const [first = "", second = "", third = ""] = parts;
  const lat = readDecimal(first);
  const lng = readDecimal(second);
  const radiusMeters = readDistance(third);
  if (parts.length !== 3 || third.trim() === "") {
    const wanted = "LAT,LON,RADIUS, such as 51.5074,-0.1278,5km, without spaces or in quotes";
    throw new UsageError(`--circle is ${quoted(value)}, but must be ${wanted}.`);
  }
  if (lat === undefined) throw wrongPart(value, "latitude", first, "degrees, such as 51.5074");
  if (lng === undefined) throw wrongPart(value, "longitude", second, "degrees, such as -0.1278");
  if (radiusMeters === undefined) {
    throw wrongPart(value, "radius", third, "a distance in metres or kilometres, such as 500m or 5km");
  }
  return aboutFlag("--circle", value, () => circle({ lat, lng }, radiusMeters));
}

function wrongPart(value: string, name: string, part: string, wanted: string): UsageError {
  return new UsageError(`--circle is ${quoted(value)}: its ${name} is ${quoted(part.trim())}, but must be ${wanted}.`);
}
