import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface MisbehavingServer {
  readonly url: string;
  /** How many connections were made to it. */
  readonly connections: () => number;
}

/** A server of a test's own that answers with HTTP. */
export function serve(listener: RequestListener): Promise<MisbehavingServer> {
  return listening(createHttpServer(listener));
}

/** One that says what it likes to each request. */
export function serveRaw(answer: (socket: Socket) => void): Promise<MisbehavingServer> {
  return listening(
    createTcpServer((socket) => {
      socket.on("data", () => answer(socket));
    }),
  );
}

async function listening(server: Server): Promise<MisbehavingServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    // Clients that do not like what they get hang up.
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, connections: () => connections };
}
