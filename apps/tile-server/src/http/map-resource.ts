import { versionOf } from "../faults/decide.ts";
import { drawPicture } from "../raster/picture.ts";
import { parseGetMap } from "../wms/parse-get-map.ts";
import { viewOfMap } from "../wms/view-of-map.ts";
import type { Resource } from "./resource.ts";
import type { Route } from "./route.ts";
import type { Service } from "./service.ts";

export type MapRoute = Extract<Route, { path: string }>;

/**
 * A part of the map.
 * @throws WmsProblem for a GetMap that makes no sense
 */
export function mapResource(route: MapRoute, service: Service): Resource {
  const version = versionOf(service.faults.current, route.path);
  switch (route.kind) {
    case "raster": {
      const body = service.rasterTiles(route.tile, { ...route.style, version });
      return { body, version, contentType: `image/${route.style.format}`, isCompressible: false };
    }
    case "vector": {
      const body = service.vectorTiles(route.tile, version);
      return { body, version, contentType: "application/x-protobuf", isCompressible: true };
    }
    case "wms": {
      const getMap = parseGetMap(route.query);
      const style = { format: getMap.format, graticule: false, version };
      const body = drawPicture(service.skia, service.world, viewOfMap(getMap), style);
      return { body, version, contentType: `image/${getMap.format}`, isCompressible: false };
    }
  }
}
