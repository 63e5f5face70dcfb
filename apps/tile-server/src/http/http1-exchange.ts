import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Exchange } from "./exchange.ts";
import { readBody } from "./read-body.ts";

export function http1Exchange(request: IncomingMessage, response: ServerResponse, connection: number): Exchange {
  const { socket } = request;
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    headers: request.headers,
    httpVersion: request.httpVersion,
    isEncrypted: socket instanceof TLSSocket,
    authority: request.headers.host,
    remoteAddress: socket.remoteAddress,
    connection,
    closed: closed.signal,
    readBody: (maxBytes) => readBody(request, maxBytes),
    begin: (status, headers) => {
      response.writeHead(status, { ...headers });
    },
    write: (part) => new Promise((resolve) => response.write(part, () => resolve())),
    end: (rest) => {
      if (rest === undefined) response.end();
      else response.end(rest);
    },
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
