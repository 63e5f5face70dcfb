// Answers every path with a tile of 0.5 to 40 KB, 8 KB on average, no two with the same bytes. Argument: after how many milliseconds.
import { createServer } from "node:http";

const LEAST_BYTES = 512;
const MOST_BYTES = 40_000;
const MEAN_BYTES = 8_200 - LEAST_BYTES;
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);

const delayMs = Number(process.argv[2] ?? 0);
let seed = 1;
const random = () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};
const noise = Uint8Array.from({ length: 2 ** 20 }, () => random() * 256);
const sizes = Array.from({ length: 4_096 }, () =>
  Math.min(MOST_BYTES, Math.round(LEAST_BYTES - Math.log(1 - random()) * MEAN_BYTES)),
);

let answered = 0;
function nextTile(): Buffer {
  const nth = answered++;
  const size = sizes[nth % sizes.length] ?? LEAST_BYTES;
  const begin = (nth * 4_099) % (noise.length - MOST_BYTES);
  const bytes = Buffer.allocUnsafe(size);
  bytes.set(noise.subarray(begin, begin + size));
  bytes.set(PNG);
  bytes.writeDoubleLE(nth, PNG.length);
  return bytes;
}

const server = createServer((_, response) => {
  const answer = () => {
    const body = nextTile();
    response.writeHead(200, {
      "content-type": "image/png",
      "content-length": body.length,
      etag: `"${answered.toString(16)}"`,
      "cache-control": "max-age=86400",
      "access-control-allow-origin": "*",
    });
    response.end(body);
  };
  if (delayMs > 0) setTimeout(answer, delayMs);
  else answer();
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.send?.(address.port);
});
process.on("disconnect", () => process.exit());
