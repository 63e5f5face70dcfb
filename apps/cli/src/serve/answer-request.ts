import type { IncomingHttpHeaders } from "node:http";
import { type Answer, emptyAnswer, textAnswer } from "./answer.ts";
import { answerTile } from "./answer-tile.ts";
import { METHODS, preflightHeaders } from "./cross-origin.ts";
import { answerIndex } from "./index-page.ts";
import type { MapService } from "./map-service.ts";
import { parseTarget } from "./parse-target.ts";
import { answerTileJson } from "./tile-json.ts";

export interface MapRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Such as "1.1". */
  readonly version: string;
  /** Aborts when the client has left. */
  readonly signal: AbortSignal;
}

export async function answerRequest(request: MapRequest, service: MapService): Promise<Answer> {
  const { method, signal, version } = request;
  if (request.headers.host === undefined && version === "1.1") {
    return textAnswer(400, "The request does not say which host it is for.");
  }
  const { target, headers } = withoutAuthority(request);
  if (method === "OPTIONS") return emptyAnswer(204, preflightHeaders(headers));
  if (method !== "GET" && method !== "HEAD") {
    return textAnswer(405, `${method} is not possible here: ${METHODS}.`, { allow: METHODS });
  }
  const route = parseTarget(target);
  switch (route.kind) {
    case "index":
      return answerIndex(headers, service);
    case "tile-json":
      return answerTileJson(route.store, route.source, headers, service);
    case "tile":
      return answerTile(route, headers, signal, service);
    case "problem":
      return textAnswer(route.status, route.text);
  }
}

/** A target that is a whole address, as clients send it to proxies, is one of this server's, too (RFC 9112, §3.2.2). */
function withoutAuthority({ target, headers }: MapRequest): Pick<MapRequest, "target" | "headers"> {
  const [whole, host] = /^https?:\/\/([^/?#@]+)/i.exec(target) ?? [];
  if (whole === undefined || host === undefined) return { target, headers };
  const rest = target.slice(whole.length);
  return { target: rest.startsWith("/") ? rest : `/${rest}`, headers: { ...headers, host } };
}
