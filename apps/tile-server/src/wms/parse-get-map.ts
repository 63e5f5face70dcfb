import type { PictureFormat } from "../raster/paint-picture.ts";
import { WmsProblem } from "./wms-problem.ts";

export interface GetMap {
  readonly projection: "mercator" | "plate carrée";
  /** In metres, or in degrees of longitude and latitude, whatever order the request had them in. */
  readonly box: { readonly west: number; readonly south: number; readonly east: number; readonly north: number };
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
}

/** Half of the map's width in metres, as EPSG:3857 has it. */
export const HALF_METERS = 20_037_508.342789244;

const MAX_PIXELS = 2048;
/** How often the world is there, side by side: a map may reach across the antimeridian, but not around the earth for ever. */
const WORLDS = 3;

/** Which version's words the answer to a request has to use. */
export function wmsVersion(query: URLSearchParams): "1.1.1" | "1.3.0" {
  return parametersOf(query).get("VERSION") === "1.1.1" ? "1.1.1" : "1.3.0";
}

/** @throws WmsProblem */
export function parseGetMap(query: URLSearchParams): GetMap {
  const parameters = parametersOf(query);
  const get = (name: string) => {
    const value = parameters.get(name);
    if (value !== undefined && value !== "") return value;
    throw new WmsProblem(`The parameter ${name} is missing.`, "MissingParameterValue");
  };
  const service = parameters.get("SERVICE") ?? "WMS";
  if (service.toUpperCase() !== "WMS") throw new WmsProblem(`The service "${service}" is none of ours: WMS is.`);
  const request = get("REQUEST");
  if (request.toLowerCase() !== "getmap") {
    throw new WmsProblem(`The request "${request}" is not supported: GetMap is.`, "OperationNotSupported");
  }
  const version = get("VERSION");
  if (version !== "1.1.1" && version !== "1.3.0") {
    throw new WmsProblem(`Version "${version}" is not supported: 1.1.1 and 1.3.0 are.`, "InvalidParameterValue");
  }
  if (get("LAYERS") !== "world") throw new WmsProblem('The only layer is "world".', "LayerNotDefined");
  const crs = get(version === "1.3.0" ? "CRS" : "SRS").toUpperCase();
  const area = readBox(crs, get("BBOX"), version);
  refuseBeyondWorlds(area);
  return {
    ...area,
    width: readPixels(get("WIDTH"), "WIDTH"),
    height: readPixels(get("HEIGHT"), "HEIGHT"),
    format: readFormat(get("FORMAT")),
  };
}

/** Names in any case, as the standard has it. */
function parametersOf(query: URLSearchParams): Map<string, string> {
  return new Map([...query].map(([name, value]) => [name.toUpperCase(), value]));
}

function readBox(crs: string, text: string, version: string): Pick<GetMap, "projection" | "box"> {
  const numbers = text.split(",").map((number) => (number.trim() === "" ? Number.NaN : Number(number)));
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || a >= c || b >= d) {
    throw new WmsProblem(`BBOX is "${text}": give four numbers, least before greatest.`, "InvalidParameterValue");
  }
  const eastingFirst = { west: a, south: b, east: c, north: d };
  const northingFirst = { west: b, south: a, east: d, north: c };
  if (crs === "EPSG:3857" || crs === "EPSG:900913") return { projection: "mercator", box: eastingFirst };
  // From 1.3.0 on the order is that of the coordinate system: latitude first in EPSG:4326.
  if (crs === "EPSG:4326")
    return { projection: "plate carrée", box: version === "1.3.0" ? northingFirst : eastingFirst };
  if (crs === "CRS:84" && version === "1.3.0") return { projection: "plate carrée", box: eastingFirst };
  const code = version === "1.3.0" ? "InvalidCRS" : "InvalidSRS";
  throw new WmsProblem(`"${crs}" is not supported: EPSG:3857 and EPSG:4326 are.`, code);
}

function refuseBeyondWorlds({ projection, box: { west, east } }: Pick<GetMap, "projection" | "box">): void {
  const farthest = WORLDS * (projection === "mercator" ? HALF_METERS : 180);
  const withRounding = farthest * (1 + 1e-9);
  if (west >= -withRounding && east <= withRounding) return;
  const reach = `BBOX reaches from ${west} in the west to ${east} in the east`;
  const worlds = `the world is there ${WORLDS} times, from ${-farthest} to ${farthest}`;
  throw new WmsProblem(`${reach}: ${worlds}.`, "InvalidParameterValue");
}

function readPixels(text: string, name: string): number {
  const pixels = Number(text);
  if (Number.isInteger(pixels) && pixels >= 1 && pixels <= MAX_PIXELS) return pixels;
  throw new WmsProblem(`${name} is "${text}": give a whole number from 1 to ${MAX_PIXELS}.`, "InvalidParameterValue");
}

function readFormat(text: string): PictureFormat {
  if (text === "image/png") return "png";
  if (text === "image/webp") return "webp";
  throw new WmsProblem(`The format "${text}" is not supported: image/png and image/webp are.`, "InvalidFormat");
}
