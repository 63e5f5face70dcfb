import { blockedImage, LOGIN_PAGE } from "../faults/fault-bodies.ts";
import type { Outcome } from "../faults/faults.ts";
import type { RequestEnd } from "../stats/pending-request.ts";
import type { RequestEnding } from "../stats/request-log.ts";
import { wmsVersion } from "../wms/parse-get-map.ts";
import { WmsProblem, wmsException } from "../wms/wms-problem.ts";
import { type Answer, answerWith, plainAnswer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { type MapRoute, mapResource } from "./map-resource.ts";
import { isConditional } from "./not-modified.ts";
import { type Delivery, send, sendHalf, sendSlowly } from "./send.ts";
import type { Service } from "./service.ts";
import { waitLatency } from "./wait-latency.ts";

/**
 * Answers a request for a part of the map, with whatever is to go wrong with it. Settles when the answer is complete or
 * the client has left, with which it was.
 */
export async function serveMap(exchange: Exchange, route: MapRoute, service: Service): Promise<RequestEnding> {
  const { faults, stats, door } = service;
  const { attempt, outcome, latencyMs, bytesPerSecond } = faults.next(route.path);
  const retryAfter = faults.refusal();
  const pending = stats.countRequest(route.path, isConditional(exchange.headers));
  const over = (
    what: RequestEnding["outcome"],
    how: RequestEnd,
    status: number | null = null,
    bytes = 0,
  ): RequestEnding => {
    pending.end(how, bytes);
    return { attempt, latencyMs, outcome: what, status, bytes };
  };
  const gone = (status: number | null, bytes: number) =>
    door.isShut ? over("offline", "faulty", status, bytes) : over("gone", "gone", status, bytes);
  const deliver = async (
    what: RequestEnding["outcome"],
    how: RequestEnd,
    answer: Answer,
    sending: Promise<Delivery>,
  ) => {
    const { isComplete, bytes } = await sending;
    return isComplete ? over(what, how, answer.status, bytes) : gone(answer.status, bytes);
  };

  await waitLatency(latencyMs, exchange);
  if (exchange.closed.aborted) return gone(null, 0);
  if (retryAfter !== undefined) {
    const answer = plainAnswer(429, "Too many requests.\n", service, { "retry-after": retryAfter });
    return deliver("rate limited", "faulty", answer, send(exchange, answer));
  }
  if (outcome === "reset") {
    exchange.reset();
    return over(outcome, "faulty");
  }

  const { answer, isGood } = answerFor(outcome, exchange, route, service);
  // A body that is not there cannot end early.
  if (outcome === "truncate" && exchange.method !== "HEAD" && answer.body.length > 1) {
    return deliver(outcome, "faulty", answer, sendHalf(exchange, answer));
  }
  const how = isGood ? (answer.status === 304 ? "notModified" : "ok") : "faulty";
  const sending = bytesPerSecond === undefined ? send(exchange, answer) : sendSlowly(exchange, answer, bytesPerSecond);
  return deliver(outcome === "truncate" ? "ok" : outcome, how, answer, sending);
}

/** The answer, and whether it is what the client has asked for. */
interface MapAnswer {
  readonly answer: Answer;
  readonly isGood: boolean;
}

function answerFor(outcome: Outcome, exchange: Exchange, route: MapRoute, service: Service): MapAnswer {
  switch (outcome) {
    case "html":
      return bad(plainAnswer(200, LOGIN_PAGE, service, { "content-type": "text/html; charset=utf-8" }));
    case "blocked":
      return bad(plainAnswer(200, blockedImage(service.skia), service, { "content-type": "image/png" }));
    case "ok":
    case "truncate":
    case "reset":
      return unspoiltAnswer(exchange, route, service);
    default:
      return bad(plainAnswer(Number(outcome), `This is the fault ${outcome} that was asked for.\n`, service));
  }
}

function unspoiltAnswer(exchange: Exchange, route: MapRoute, service: Service): MapAnswer {
  try {
    return { answer: answerWith(mapResource(route, service), exchange, service), isGood: true };
  } catch (error) {
    if (!(error instanceof WmsProblem) || route.kind !== "wms") throw error;
    // WMS says so with status 200.
    const { body, contentType } = wmsException(error, wmsVersion(route.query));
    return bad(plainAnswer(200, body, service, { "content-type": contentType }));
  }
}

function bad(answer: Answer): MapAnswer {
  return { answer, isGood: false };
}
