import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { FOR_ALL_ORIGINS } from "./cross-origin.ts";

/** How long whoever sends it may take to read the answer. */
const PATIENCE_MS = 2_000;

/** Answers what is no HTTP, or too long, and ends the connection. */
export function answerNonsense(error: NodeJS.ErrnoException, socket: Duplex): void {
  // It has been answered, and goes on.
  if (socket.writableEnded) return;
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const [status, text] = problemOf(error.code);
  const body = `${text}\n`;
  const headers = {
    ...FOR_ALL_ORIGINS,
    connection: "close",
    "content-type": "text/plain; charset=utf-8",
    "content-length": `${Buffer.byteLength(body)}`,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", body].join("\r\n"));
  // If the connection ended before all has come, the client would lose the answer.
  socket.resume();
  const patience = setTimeout(() => socket.destroy(), PATIENCE_MS);
  socket.once("close", () => clearTimeout(patience));
}

function problemOf(code: string | undefined): readonly [status: number, text: string] {
  if (code === "HPE_HEADER_OVERFLOW") return [431, "The address and the headers are too long."];
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return [408, "The request has not come in time."];
  return [400, "This is no HTTP request."];
}
