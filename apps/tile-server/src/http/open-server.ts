import { createServer, IncomingMessage, ServerResponse } from "node:http";
import { createSecureServer, Http2ServerRequest, Http2ServerResponse, type ServerHttp2Session } from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";
import { selfSignedCertificate } from "./certificate.ts";
import type { Exchange } from "./exchange.ts";
import { http1Exchange } from "./http1-exchange.ts";
import { http2Exchange } from "./http2-exchange.ts";

export interface OpenServer {
  readonly port: number;
  /** In PEM; only of a server with HTTP/2. */
  readonly certificate: string | undefined;
  /** Destroys all connections and takes no new ones. */
  readonly shut: () => Promise<void>;
  /** Takes connections again, on the same port. */
  readonly reopen: () => Promise<void>;
}

export interface ServerHandlers {
  readonly onExchange: (exchange: Exchange) => void;
  readonly onConnection: () => void;
  /** Answers what can be answered quickly, without an exchange; says whether it did. */
  readonly fastLane?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
}

/** Longer than any client waits before it uses a connection again. */
const KEEP_ALIVE_MS = 65_000;

export async function openServer(
  { host, port, http2 }: { host: string; port: number; http2: boolean },
  { onExchange, onConnection, fastLane }: ServerHandlers,
): Promise<OpenServer> {
  const certificate = http2 ? selfSignedCertificate([host]) : undefined;
  const sockets = new Set<Socket>();
  const connections = new WeakMap<object, number>();
  let accepted = 0;
  const numberOf = (connection: object) => {
    const number = connections.get(connection) ?? ++accepted;
    connections.set(connection, number);
    return number;
  };

  const handleHttp1 = (request: IncomingMessage, response: ServerResponse) => {
    if (fastLane?.(request, response)) return;
    onExchange(http1Exchange(request, response, numberOf(request.socket)));
  };
  /** Both kinds come to a server that allows HTTP/1.1 beside HTTP/2. */
  const handleBoth = (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ) => {
    if (request instanceof Http2ServerRequest && response instanceof Http2ServerResponse) {
      onExchange(http2Exchange(request, response, numberOf(request.stream.session ?? request.stream)));
    } else if (request instanceof IncomingMessage && response instanceof ServerResponse) {
      handleHttp1(request, response);
    }
  };
  const server =
    certificate === undefined
      ? createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, handleHttp1)
      : createSecureServer({ ...certificate, allowHTTP1: true }, handleBoth);
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  server.on("connection", (socket: Socket) => {
    onConnection();
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A client that leaves is no error of ours.
    socket.on("error", () => {});
  });

  await listen(server, host, port);
  const actualPort = (server.address() as AddressInfo).port;
  return {
    port: actualPort,
    certificate: certificate?.cert,
    shut: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.destroy();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    reopen: () => listen(server, host, actualPort),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
