import { isOnTheMap, MAX_ZOOM, type Tile } from "../tile.ts";
import { UsageError } from "../usage-error.ts";
import type { Route } from "./route.ts";

const RASTER = /^\/(xyz|tms)\/(?:(512)\/)?(-?\d+)\/(-?\d+)\/(-?\d+)(@2x)?\.(png|webp)$/;
const VECTOR = /^\/vector\/(-?\d+)\/(-?\d+)\/(-?\d+)\.(?:pbf|mvt)$/;
const GLYPHS = /^\/glyphs\/([^/]+)\/(\d+)-(\d+)\.pbf$/;
const DOCUMENTS = {
  "/": "index",
  "/xyz.json": "xyz.json",
  "/vector.json": "vector.json",
  "/style.json": "style.json",
} as const;
const FOR_TESTS = { "/control": "control", "/control/outage": "outage", "/stats": "stats", "/log": "log" } as const;

/** What a request's target asks for. No part of it ever becomes a path on disk. */
export function parseTarget(target: string): Route {
  try {
    return routeOf(target);
  } catch (error) {
    if (error instanceof UsageError) return { kind: "problem", status: 400, message: error.message };
    throw error;
  }
}

function routeOf(target: string): Route {
  if (!target.startsWith("/")) throw new UsageError("The request's target has to be a path, or an address with one.");
  const [rawPath = "", ...rest] = target.split("?");
  const path = decode(rawPath);
  const query = new URLSearchParams(rest.join("?"));

  const raster = RASTER.exec(path);
  if (raster !== null) return rasterRoute(path, raster, query);
  const vector = VECTOR.exec(path);
  if (vector !== null) {
    const tile = tileOf(vector[1], vector[2], vector[3]);
    return isOnTheMap(tile) ? { kind: "vector", path, tile } : outside(tile);
  }
  const glyphs = GLYPHS.exec(path);
  if (glyphs !== null) return glyphsRoute(glyphs);
  if (path === "/wms") return { kind: "wms", path: `/wms?${rest.join("?")}`, query };
  if (isKeyOf(DOCUMENTS, path)) return { kind: "document", name: DOCUMENTS[path] };
  if (isKeyOf(FOR_TESTS, path)) return { kind: FOR_TESTS[path], query };
  if (/^\/(xyz|tms)\//.test(path)) {
    throw new UsageError(
      `"${path}" is no tile's address: write /xyz/Z/X/Y.png, /xyz/512/Z/X/Y@2x.webp or /tms/Z/X/Y.png.`,
    );
  }
  if (path.startsWith("/vector/")) throw new UsageError(`"${path}" is no tile's address: write /vector/Z/X/Y.pbf.`);
  return {
    kind: "problem",
    status: 404,
    message: "There is nothing here. The addresses of all there is are listed at /.",
  };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new UsageError("The path's percent-encoding is broken.");
  }
}

function rasterRoute(path: string, match: RegExpExecArray, query: URLSearchParams): Route {
  const [, scheme, size, z, x, y, twice, format] = match;
  const asked = tileOf(z, x, y);
  const tile = scheme === "tms" ? { ...asked, y: 2 ** asked.z - 1 - asked.y } : asked;
  if (!isOnTheMap(tile)) return outside(asked);
  const style = {
    format: format === "webp" ? "webp" : "png",
    size: size === undefined ? 256 : 512,
    scale: twice === undefined ? 1 : 2,
    graticule: readSwitch(query, "graticule"),
    label: readSwitch(query, "labels"),
  } as const;
  return { kind: "raster", path, tile, style };
}

function glyphsRoute([, stack = "", first, last]: RegExpExecArray): Route {
  const start = Number(first);
  if (start % 256 !== 0 || Number(last) !== start + 255 || start > 0xffff) {
    throw new UsageError(`Glyphs come in ranges of 256, such as 0-255, and not as ${first}-${last}.`);
  }
  return { kind: "glyphs", stack, start };
}

/** A tile has one address: numbers with leading zeros are refused. */
function tileOf(z = "", x = "", y = ""): Tile {
  for (const number of [z, x, y]) {
    if (/^-?0\d|^-0$/.test(number)) throw new UsageError(`Write ${Number(number)} instead of ${number}.`);
  }
  return { z: Number(z), x: Number(x), y: Number(y) };
}

function outside({ z, x, y }: Tile): Route {
  const message =
    z < 0 || z > MAX_ZOOM
      ? `There is no zoom ${z}: tiles are from zoom 0 to ${MAX_ZOOM}.`
      : `There is no tile ${x}/${y} at zoom ${z}, whose columns and rows end at ${2 ** z - 1}.`;
  return { kind: "problem", status: 404, message };
}

function readSwitch(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  if (value === null || value === "0" || value === "false") return false;
  if (value === "" || value === "1" || value === "true") return true;
  throw new UsageError(`${name} is "${value}": write ${name}=1 or leave it out.`);
}

function isKeyOf<T extends object>(table: T, key: string): key is string & keyof T {
  return Object.hasOwn(table, key);
}
