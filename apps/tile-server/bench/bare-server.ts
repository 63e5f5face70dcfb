import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The least that a server can do: one fixed buffer, of as many bytes as the first argument says. */
const body = Buffer.alloc(Number(process.argv[2]), 1);
const headers = { "content-type": "image/png", "content-length": body.length };
const server = createServer((_, response) => {
  response.writeHead(200, headers);
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
process.stdin.once("end", () => process.exit()).resume();
