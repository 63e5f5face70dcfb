import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Answer } from "./answer.ts";
import { FOR_ALL_ORIGINS } from "./cross-origin.ts";

/** How long whoever gets it may take to read the answer. */
const PATIENCE_MS = 2_000;

/** Sends an answer where Node makes no response for it, and ends the connection. */
export function sendRaw({ status, headers, body }: Answer, socket: Duplex): void {
  const all = { ...FOR_ALL_ORIGINS, ...headers, connection: "close", "content-length": `${body.length}` };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", ""].join("\r\n"));
  socket.end(body);
  // If the connection ended before all has come, the client would lose the answer.
  socket.resume();
  const patience = setTimeout(() => socket.destroy(), PATIENCE_MS);
  socket.once("close", () => clearTimeout(patience));
}
