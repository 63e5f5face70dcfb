import { once } from "node:events";
import { connect } from "node:net";

/** What a server answers to bytes that no client would send, until it closes the connection. */
export async function rawRequest(url: string, request: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const parts: Buffer[] = [];
  socket.on("data", (part) => parts.push(part));
  socket.write(request);
  await once(socket, "close");
  return Buffer.concat(parts).toString("latin1");
}

/** A request line and headers, after which the connection is closed. */
export function getRequest(target: string, headers: Readonly<Record<string, string>> = { host: "localhost" }): string {
  const lines = Object.entries({ ...headers, connection: "close" }).map(([name, value]) => `${name}: ${value}`);
  return [`GET ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
