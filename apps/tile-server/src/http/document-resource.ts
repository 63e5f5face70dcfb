import { FONT_STACKS, glyphRange } from "../vector/glyphs.ts";
import { styleJson } from "../vector/style.ts";
import { rasterTileJson, vectorTileJson } from "../vector/tile-json.ts";
import { addressLines } from "./addresses.ts";
import type { Exchange } from "./exchange.ts";
import type { Resource } from "./resource.ts";
import type { Route } from "./route.ts";
import type { Service } from "./service.ts";

export type DocumentRoute = Extract<Route, { kind: "document" | "glyphs" }>;

/** What a map needs beside its tiles. Undefined: a font that there is not. */
export function documentResource(route: DocumentRoute, exchange: Exchange, service: Service): Resource | undefined {
  const { version } = service.faults.current.map;
  if (route.kind === "glyphs") return glyphsResource(service, route.stack, route.start);
  const baseUrl = baseUrlOf(exchange, service);
  const json = (value: object): Resource => ({
    body: Buffer.from(JSON.stringify(value)),
    contentType: "application/json",
    version,
    isCompressible: true,
  });
  switch (route.name) {
    case "index": {
      const text = `The addresses of this tile server:\n\n${addressLines(baseUrl, baseUrl).join("\n")}\n`;
      return { body: Buffer.from(text), contentType: "text/plain; charset=utf-8", version, isCompressible: true };
    }
    case "xyz.json":
      return json(rasterTileJson(baseUrl, version));
    case "vector.json":
      return json(vectorTileJson(baseUrl, version));
    case "style.json":
      return json(styleJson(baseUrl, version));
  }
}

/** Clients name the fonts they would like in order; the first that there is will do. */
function glyphsResource({ skia }: Service, stacks: string, start: number): Resource | undefined {
  const stack = stacks.split(",").find((name) => Object.hasOwn(FONT_STACKS, name));
  const body = stack === undefined ? undefined : glyphRange(skia, stack, start);
  return body && { body, contentType: "application/x-protobuf", version: 1, isCompressible: true };
}

/** As the client sees the server: through a tunnel or another machine's name, perhaps. */
function baseUrlOf({ isEncrypted, authority = "" }: Exchange, { options }: Service): string {
  const isName = /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i.test(authority);
  return `${isEncrypted ? "https" : "http"}://${isName ? authority : options.host}`;
}
