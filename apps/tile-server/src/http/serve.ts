import { CONTROL_METHODS, serveControl } from "../control/serve-control.ts";
import { answerWith, plainAnswer, send } from "./answer.ts";
import { preflightHeaders } from "./cors.ts";
import { documentResource } from "./document-resource.ts";
import type { Exchange } from "./exchange.ts";
import { parseTarget } from "./parse-target.ts";
import type { Route } from "./route.ts";
import { serveMap } from "./serve-map.ts";
import type { Service } from "./service.ts";

/** Answers one request. */
export async function serve(exchange: Exchange, service: Service): Promise<void> {
  const route = parseTarget(exchange.target);
  const isControl = Object.hasOwn(CONTROL_METHODS, route.kind);
  const isMap = "path" in route;
  if (!isControl && !isMap) service.stats.countOther();
  if (service.faults.current.offline && !isControl && !isMap) return exchange.disconnect();

  const methods = methodsOf(route);
  if (exchange.method === "OPTIONS") return send(exchange, preflight(methods, service));
  if (!methods.includes(exchange.method)) {
    const sentence = `${exchange.method} is not for this address: ${methods.join(", ")} are.\n`;
    return send(exchange, plainAnswer(405, sentence, service, { allow: methods.join(", ") }));
  }
  switch (route.kind) {
    case "problem":
      return send(exchange, plainAnswer(route.status, `${route.message}\n`, service));
    case "raster":
    case "vector":
    case "wms":
      return serveMap(exchange, route, service);
    case "document":
    case "glyphs": {
      const resource = documentResource(route, exchange, service);
      const answer = resource && answerWith(resource, exchange, service);
      return send(exchange, answer ?? plainAnswer(404, "There is no such font.\n", service));
    }
    default:
      return serveControl(exchange, route, service);
  }
}

function methodsOf(route: Route): readonly string[] {
  const methods = Object.entries(CONTROL_METHODS).find(([kind]) => kind === route.kind)?.[1] ?? ["GET", "HEAD"];
  return [...methods, "OPTIONS"];
}

function preflight(methods: readonly string[], service: Service) {
  return plainAnswer(204, "", service, preflightHeaders(service.options.cors, methods));
}
