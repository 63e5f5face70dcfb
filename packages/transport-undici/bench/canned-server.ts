// A server that costs as little as can be, so that what is measured is the client. It runs as a process of its own,
// tells its port, and ends with its parent. Argument: how long an answer takes, in milliseconds.
import { createServer, type Socket } from "node:net";

const delayMs = Number(process.argv[2] ?? 0);
const body = Buffer.alloc(8 * 1024, 7);
const head = [
  "HTTP/1.1 200 OK",
  "Content-Type: image/png",
  'ETag: "1"',
  "Cache-Control: max-age=3600",
  `Content-Length: ${body.length}`,
];
const answer = Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]);

const server = createServer((socket) => {
  let rest = "";
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", (data) => {
    const requests = (rest + data.toString("latin1")).split("\r\n\r\n");
    rest = requests.pop() ?? "";
    for (let i = 0; i < requests.length; i++) reply(socket);
  });
});

function reply(socket: Socket): void {
  if (delayMs === 0) socket.write(answer);
  else setTimeout(() => socket.write(answer), delayMs);
}

process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
