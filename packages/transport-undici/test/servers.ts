import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createSecureServer, type Http2SecureServer } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import { onTestFinished } from "vitest";

/** Made for these tests, valid for localhost and 127.0.0.1 until 2126, and trusted by nobody. */
export const certificate = readFileSync(new URL("certificate.pem", import.meta.url));
const key = readFileSync(new URL("key.pem", import.meta.url));

export interface RunningServer {
  /** With a slash at its end. */
  readonly url: string;
  /** How many connections were made to it. */
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
}

/** A real server, until the test is over. */
export function serve(listener: RequestListener): Promise<RunningServer> {
  return running("http", createHttpServer(listener));
}

/** Speaks HTTP/1.1 over TLS. */
export function serveHttps(listener: RequestListener, options: TlsOptions = {}): Promise<RunningServer> {
  return running("https", createHttpsServer({ key, cert: certificate, ...options }, listener));
}

/** Speaks HTTP/2 over TLS. */
export function serveHttp2(listen: (server: Http2SecureServer) => void, settings = {}): Promise<RunningServer> {
  const server = createSecureServer({ key, cert: certificate, settings });
  server.on("sessionError", () => {});
  listen(server);
  return running("https", server);
}

/** Speaks whatever the test makes it say, once it has been asked. */
export function serveRaw(answer: (socket: Socket, request: string) => void, protocol = "http"): Promise<RunningServer> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (data) => answer(socket, data.toString("latin1")));
  });
  return running(protocol, server);
}

async function running(protocol: string, server: Server): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(stop);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `${protocol}://127.0.0.1:${port}/`, connections: () => connections, stop };
}
