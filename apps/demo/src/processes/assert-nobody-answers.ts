import { once } from "node:events";
import { connect } from "node:net";
import { DemoError } from "../demo-error.ts";

const LONGEST_MS = 3_000;

/** Tries to connect to a server that should be gone. @throws DemoError if it, or another, is there */
export async function assertNobodyAnswers(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const isAnswered = await once(socket, "connect", { signal: AbortSignal.timeout(LONGEST_MS) }).then(
    () => true,
    () => false,
  );
  socket.on("error", () => {}).destroy();
  if (isAnswered) throw new DemoError(`The tile server should be stopped, but something answers at ${url}.`);
}
