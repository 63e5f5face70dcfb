import { DEEPEST_ZOOM } from "../deepest-zoom.ts";
import { nameOf } from "./path-name.ts";
import type { Route } from "./route.ts";

const NUMBER = /^(0|[1-9]\d{0,9})$/;
const LAST = /^(.+?)(?:\.([a-z\d]+))?$/i;
const ADDRESSES =
  "There are /STORE/Z/X/Y, /STORE/SOURCE/Z/X/Y, /STORE.json and /STORE/SOURCE.json; / lists what there is.";

/**
 * What the target of a request asks for. It is split before its percent-encoding is undone, so a name may hold slashes; and
 * what a segment means depends on how many there are, so a name may be anything. No part of it ever becomes a path on disk.
 */
export function parseTarget(target: string): Route {
  const [path = ""] = target.split("?", 1);
  if (path === "/") return { kind: "index" };
  const segments = decode(path);
  if (segments === undefined) return problem(400, "The percent-encoding of this address is broken.");
  const [first = "", second = ""] = segments;
  const ofJson = segments.at(-1)?.endsWith(".json") === true;
  if (segments.length === 1 && ofJson) return tileJson(first.slice(0, -".json".length), undefined);
  if (segments.length === 2 && ofJson) return tileJson(first, second.slice(0, -".json".length));
  if (segments.length === 4) return tile(first, undefined, segments.slice(1));
  if (segments.length === 5) return tile(first, second, segments.slice(2));
  return noAddress();
}

/** The segments; none if it is no path; undefined if they cannot be read. */
function decode(path: string): readonly string[] | undefined {
  try {
    return path.startsWith("/") ? path.slice(1).split("/").map(decodeURIComponent) : [];
  } catch {
    return undefined;
  }
}

function tileJson(store: string, source: string | undefined): Route {
  if (store === "" || source === "") return noAddress();
  return { kind: "tile-json", store: nameOf(store), source: source && nameOf(source) };
}

function tile(store: string, source: string | undefined, [z = "", x = "", last = ""]: readonly string[]): Route {
  const [, y = "", ending] = LAST.exec(last) ?? [];
  if (store === "" || source === "" || ![z, x, y].every((number) => NUMBER.test(number))) return noAddress();
  const place = { z: Number(z), x: Number(x), y: Number(y) };
  if (place.z > DEEPEST_ZOOM) return problem(404, `There is no zoom ${z}: tiles are from zoom 0 to ${DEEPEST_ZOOM}.`);
  if (Math.max(place.x, place.y) >= 2 ** place.z) {
    return problem(404, `There is no tile ${x}/${y} at zoom ${z}, whose columns and rows end at ${2 ** place.z - 1}.`);
  }
  return {
    kind: "tile",
    store: nameOf(store),
    source: source && nameOf(source),
    tile: place,
    ending: ending?.toLowerCase(),
  };
}

function noAddress(): Route {
  return problem(404, `This is no address. ${ADDRESSES}`);
}

function problem(status: 400 | 404, text: string): Route {
  return { kind: "problem", status, text };
}
