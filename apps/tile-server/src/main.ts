import { parseArguments } from "./cli/parse-arguments.ts";
import { USAGE } from "./cli/usage.ts";
import { watchKeys } from "./cli/watch-keys.ts";
import { addresses, addressLines } from "./http/addresses.ts";
import { startTileServer, type TileServer } from "./start-tile-server.ts";
import { logLine } from "./stats/log-line.ts";
import { UsageError } from "./usage-error.ts";

try {
  await main();
} catch (error) {
  const sentence = sentenceOf(error);
  if (sentence === undefined) throw error;
  console.error(sentence);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { options, help, json, exitWithStdin } = parseArguments(process.argv.slice(2));
  if (help) return console.log(USAGE);

  const server = await startTileServer({ ...options, onLog: (entry) => json || console.log(logLine(entry)) });
  const stop = stopOnce(server);
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  if (exitWithStdin) process.stdin.once("end", stop).once("close", stop).resume();
  if (json) {
    const { url, port, controlUrl, certificate } = server;
    const { pid } = process;
    const about = { ready: true, url, port, controlUrl, pid, certificate, addresses: addresses(url, controlUrl) };
    console.log(JSON.stringify(about));
    return;
  }
  console.log(`The world is at ${server.url}\n\n${addressLines(server.url, server.controlUrl).join("\n")}\n`);
  if (server.faults.current.offline) {
    console.log(`It is offline. To end that: curl -X PATCH -d '{"offline":false}' ${server.controlUrl}/control\n`);
  }
  if (process.stdin.isTTY) console.log("up/down: latency, q: quit\n");
  watchKeys(process.stdin, server.faults, console.log, stop);
}

function stopOnce(server: TileServer): () => void {
  let isStopping = false;
  return () => {
    if (isStopping) return;
    isStopping = true;
    process.stdin.destroy();
    server.close();
  };
}

/** What to tell someone who can do something about it; undefined for our own mistakes. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  if (error.code === "EADDRINUSE") return `${error.message}. Give another --port, or --port 0 for any that is free.`;
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") return `${error.message}. Give another --host.`;
  return undefined;
}
