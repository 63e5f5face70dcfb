import { expect } from "vitest";
import { coverOf, type LatLng, type Region, toDownloadable } from "../../src/index.ts";
import { keysOf } from "../oracle/agreement.ts";

/** Latitudes of row borders: a quarter, an eighth and three eighths of the way from north to south. */
export const QUARTER = 66.51326044311186;
export const EIGHTH = 79.17133464081945;
export const THREE_EIGHTHS = 40.97989806962013;

export const at = (lat: number, lng: number): LatLng => ({ lat, lng });

export function cover(region: Region, minZoom: number, maxZoom = minZoom) {
  return coverOf(toDownloadable(region, { minZoom, maxZoom, source: "test" }));
}

/** "x/y" of one zoom, in the cover's order. */
export function tiles(region: Region, z: number): string[] {
  return Array.from(cover(region, z), ({ x, y }) => `${x}/${y}`);
}

/** "x/y" of whole rows of columns x0 to x1, both included. */
export function rows(y0: number, y1: number, x0: number, x1: number): string[] {
  const list: string[] = [];
  for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) list.push(`${x}/${y}`);
  return list;
}

export function box(north: number, south: number, west: number, east: number): LatLng[] {
  return [at(north, west), at(north, east), at(south, east), at(south, west)];
}

export function expectSame(actual: Region, expected: Region, maxZoom: number): void {
  const keys = keysOf(cover(expected, 0, maxZoom));
  expect(keys.length).toBeGreaterThan(0);
  expect(keysOf(cover(actual, 0, maxZoom))).toEqual(keys);
}

export function rowOf(lat: number, z: number): number {
  return Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z);
}

export function byRow(a: string, b: string): number {
  const [ax = 0, ay = 0] = a.split("/").map(Number);
  const [bx = 0, by = 0] = b.split("/").map(Number);
  return ay - by || ax - bx;
}
