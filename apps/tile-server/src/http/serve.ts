import { type ControlRoute, isControl, serveControl } from "../control/serve-control.ts";
import type { RequestEnding } from "../stats/request-log.ts";
import { FONT_STACKS } from "../vector/glyphs.ts";
import { type Answer, answerWith, plainAnswer } from "./answer.ts";
import { preflightHeaders } from "./cors.ts";
import { documentResource } from "./document-resource.ts";
import type { Exchange } from "./exchange.ts";
import { parseTarget } from "./parse-target.ts";
import type { Route } from "./route.ts";
import { send } from "./send.ts";
import { serveMap } from "./serve-map.ts";
import type { Service } from "./service.ts";

const METHODS = ["GET", "HEAD", "OPTIONS"];

/** Answers one request, and writes down what became of it. */
export async function serve(exchange: Exchange, service: Service): Promise<void> {
  const route = parseTarget(exchange.target);
  if (isControl(route)) return serveControl(exchange, route, service, "map");
  const ending = await endingOf(exchange, route, service);
  if (!service.options.log) return;
  const { method, httpVersion, connection, headers, target } = exchange;
  service.log.add({
    ...ending,
    method,
    // Queries hold keys, which belong in no log.
    path: "path" in route ? route.path : target.replace(/\?.*/s, ""),
    httpVersion,
    connection,
    ifNoneMatch: headers["if-none-match"] ?? null,
    ifModifiedSince: headers["if-modified-since"] ?? null,
  });
}

type PublicRoute = Exclude<Route, ControlRoute>;

async function endingOf(exchange: Exchange, route: PublicRoute, service: Service): Promise<RequestEnding> {
  const isReading = exchange.method === "GET" || exchange.method === "HEAD";
  if ("path" in route && isReading) return serveMap(exchange, route, service);
  service.stats.countOther();
  const answer = otherAnswer(exchange, route, service);
  const { isComplete, bytes } = await send(exchange, answer);
  const outcome = isComplete ? "ok" : service.door.isShut ? "offline" : "gone";
  return { attempt: 0, latencyMs: 0, outcome, status: answer.status, bytes };
}

/** To whatever is no request for a part of the map. */
function otherAnswer(exchange: Exchange, route: PublicRoute, service: Service): Answer {
  const { method } = exchange;
  if (method === "OPTIONS") return plainAnswer(204, "", service, preflightHeaders(service.options.cors, METHODS));
  if (!METHODS.includes(method)) {
    const sentence = `${method} is not for this address: ${METHODS.join(", ")} are.\n`;
    return plainAnswer(405, sentence, service, { allow: METHODS.join(", ") });
  }
  if (route.kind === "problem") return plainAnswer(route.status, `${route.message}\n`, service);
  const resource = "path" in route ? undefined : documentResource(route, exchange, service);
  if (resource !== undefined) return answerWith(resource, exchange, service);
  const fonts = Object.keys(FONT_STACKS).join(" and ");
  return plainAnswer(404, `There is no such font: there are ${fonts}.\n`, service);
}
