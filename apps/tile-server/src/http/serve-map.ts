import { blockedImage, LOGIN_PAGE } from "../faults/fault-bodies.ts";
import type { Outcome } from "../faults/faults.ts";
import type { LogEntry } from "../stats/request-log.ts";
import { wmsVersion } from "../wms/parse-get-map.ts";
import { WmsProblem, wmsException } from "../wms/wms-problem.ts";
import { type Answer, answerWith, plainAnswer, send } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { type MapRoute, mapResource } from "./map-resource.ts";
import { isConditional } from "./not-modified.ts";
import { sendHalf, sendSlowly } from "./send-slowly.ts";
import type { Service } from "./service.ts";
import { waitLatency } from "./wait-latency.ts";

/** Answers a request for a part of the map, with whatever is to go wrong with it. */
export async function serveMap(exchange: Exchange, route: MapRoute, service: Service): Promise<void> {
  const { faults, stats } = service;
  const { attempt, outcome, latencyMs, bytesPerSecond } = faults.next(route.path);
  const retryAfter = faults.refusal();
  stats.countRequest(route.path, isConditional(exchange.headers));
  const note = (
    what: LogEntry["outcome"],
    answer: Pick<Answer, "status" | "body"> | null,
    bytes = bodyBytes(exchange, answer),
  ) => {
    const isOk = what === "ok" && answer !== null && answer.status < 400;
    stats.countAnswer(route.path, isOk ? (answer.status === 304 ? "notModified" : "ok") : "faulty", bytes);
    if (service.options.log) {
      const status = answer?.status ?? null;
      service.log.add({ ...described(exchange, route), attempt, latencyMs, outcome: what, status, bytes });
    }
  };

  await waitLatency(latencyMs, exchange, faults);
  if (exchange.closed.aborted) return note("gone", null);
  if (faults.current.offline) {
    note("offline", null);
    return exchange.disconnect();
  }
  if (retryAfter !== undefined) {
    const answer = plainAnswer(429, "Too many requests.\n", service, { "retry-after": retryAfter });
    note("rate limited", answer);
    return send(exchange, answer);
  }
  if (outcome === "reset") {
    note(outcome, null);
    return exchange.reset();
  }

  const answer = answerFor(outcome, exchange, route, service);
  // A body that is not there cannot end early.
  if (outcome === "truncate" && bodyBytes(exchange, answer) > 1) {
    note(outcome, answer, answer.body.length >> 1);
    return sendHalf(exchange, answer);
  }
  note(outcome === "truncate" ? "ok" : outcome, answer);
  if (bytesPerSecond === undefined) send(exchange, answer);
  else await sendSlowly(exchange, answer, bytesPerSecond);
}

function answerFor(outcome: Outcome, exchange: Exchange, route: MapRoute, service: Service): Answer {
  switch (outcome) {
    case "html":
      return plainAnswer(200, LOGIN_PAGE, service, { "content-type": "text/html; charset=utf-8" });
    case "blocked":
      return plainAnswer(200, blockedImage(service.skia), service, { "content-type": "image/png" });
    case "ok":
    case "truncate":
    case "reset":
      return goodAnswer(exchange, route, service);
    default:
      return plainAnswer(Number(outcome), `This is the fault ${outcome} that was asked for.\n`, service);
  }
}

function goodAnswer(exchange: Exchange, route: MapRoute, service: Service): Answer {
  try {
    return answerWith(mapResource(route, service), exchange, service);
  } catch (error) {
    if (!(error instanceof WmsProblem) || route.kind !== "wms") throw error;
    const { body, contentType } = wmsException(error, wmsVersion(route.query));
    return plainAnswer(200, body, service, { "content-type": contentType });
  }
}

function bodyBytes({ method }: Exchange, answer: Pick<Answer, "body"> | null): number {
  return method === "HEAD" || answer === null ? 0 : answer.body.length;
}

function described({ method, httpVersion, connection, headers }: Exchange, { path }: MapRoute) {
  return {
    method,
    path,
    httpVersion,
    connection,
    ifNoneMatch: headers["if-none-match"] ?? null,
    ifModifiedSince: headers["if-modified-since"] ?? null,
  };
}
