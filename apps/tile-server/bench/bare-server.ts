import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The least that a server can do: one fixed answer, whose headers and length the first argument gives in JSON. */
const { bytes, headers }: { bytes: number; headers: Record<string, string> } = JSON.parse(process.argv[2] ?? "");
const body = Buffer.alloc(bytes, 1);
const fixed = { ...headers, "content-length": `${bytes}` };
const server = createServer({ keepAliveTimeout: 65_000 }, (_, response) => {
  response.writeHead(200, fixed);
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
process.stdin.once("end", () => process.exit()).resume();
