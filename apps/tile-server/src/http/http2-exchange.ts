import { constants, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { Exchange } from "./exchange.ts";
import { readBody } from "./read-body.ts";
import { sendingThrough } from "./sending.ts";

export function http2Exchange(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  connection: number,
): Exchange {
  const { stream } = request;
  const reset = () => stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  return {
    // The stream, as the response says "finish" of one that was reset, too. About an answer without a body it says
    // nothing.
    ...sendingThrough({ response, events: stream, hasFinished: () => stream.writableFinished }),
    method: request.method,
    target: request.url,
    headers: request.headers,
    httpVersion: request.httpVersion,
    isEncrypted: true,
    authority: request.authority,
    remoteAddress: stream.session?.socket.remoteAddress,
    connection,
    readBody: (maxBytes) => readBody(request, maxBytes),
    cut: reset,
    reset,
    disconnect: () => {
      stream.session?.destroy();
    },
  };
}
