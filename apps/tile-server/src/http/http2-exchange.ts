import { constants, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { Exchange } from "./exchange.ts";
import { readBody } from "./read-body.ts";

export function http2Exchange(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  connection: number,
): Exchange {
  const { stream } = request;
  const closed = new AbortController();
  stream.once("close", () => closed.abort());
  const reset = () => stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  return {
    method: request.method,
    target: request.url,
    headers: request.headers,
    httpVersion: request.httpVersion,
    isEncrypted: true,
    authority: request.authority,
    remoteAddress: stream.session?.socket.remoteAddress,
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
    cut: reset,
    reset,
    disconnect: () => {
      stream.session?.destroy();
    },
  };
}
