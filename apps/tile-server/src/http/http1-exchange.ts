import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Exchange } from "./exchange.ts";
import { readBody } from "./read-body.ts";
import { requestTarget } from "./request-target.ts";
import { sendingThrough } from "./sending.ts";

export function http1Exchange(request: IncomingMessage, response: ServerResponse, connection: number): Exchange {
  const { socket } = request;
  return {
    ...sendingThrough({ response, events: response, hasFinished: () => false }),
    method: request.method ?? "",
    ...requestTarget(request.url ?? "", request.headers.host),
    headers: request.headers,
    httpVersion: request.httpVersion,
    isEncrypted: socket instanceof TLSSocket,
    remoteAddress: socket.remoteAddress,
    connection,
    readBody: (maxBytes) => readBody(request, maxBytes),
    cut: () => {
      socket.destroySoon();
    },
    reset: () => {
      // Node sends no RST through TLS; ending it without a farewell looks the same to most clients.
      if (socket instanceof TLSSocket) socket.destroy();
      else socket.resetAndDestroy();
    },
    disconnect: () => {
      socket.destroy();
    },
  };
}
