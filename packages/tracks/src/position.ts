import { quote } from "./quote.ts";
import { TrackError } from "./track-error.ts";

/** As GeoJSON has it: longitude, latitude. */
export type Position = [lng: number, lat: number];

/** Reads a position from two numbers as they stand in the file. */
export function readPosition(lng: string | undefined, lat: string | undefined, where: string, line: number): Position {
  return [
    readDegrees(lng, Number.POSITIVE_INFINITY, `the longitude of ${where}`, line),
    readLatitude(lat, where, line),
  ];
}

function readLatitude(text: string | undefined, where: string, line: number): number {
  return readDegrees(text, 90, `the latitude of ${where}`, line);
}

function readDegrees(text: string | undefined, most: number, what: string, line: number): number {
  if (text === undefined) throw new TrackError(`${what} is missing.`, { line });
  const degrees = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(degrees)) throw new TrackError(`${what} is ${quote(text)}, which is no number.`, { line });
  if (Math.abs(degrees) > most) {
    throw new TrackError(`${what} is ${degrees}, but latitudes end at ±${most}. Is it a longitude?`, { line });
  }
  return degrees;
}
