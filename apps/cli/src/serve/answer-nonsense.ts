import type { Duplex } from "node:stream";
import { type Answer, textAnswer } from "./answer.ts";
import { sendRaw } from "./send-raw.ts";

/** Answers what is no HTTP, or too long, and ends the connection. */
export function answerNonsense(error: NodeJS.ErrnoException, socket: Duplex): void {
  // It has been answered, and goes on.
  if (socket.writableEnded) return;
  if (!socket.writable || error.code === "ECONNRESET") socket.destroy();
  else sendRaw(answerTo(error.code), socket);
}

function answerTo(code: string | undefined): Answer {
  if (code === "HPE_HEADER_OVERFLOW") return textAnswer(431, "The address and the headers are too long.");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return textAnswer(408, "The request has not come in time.");
  return textAnswer(400, "This is no HTTP request.");
}
