import { fetchInto } from "./fetch-into.ts";

self.onmessage = async ({ data: { origin, tiles } }: MessageEvent<{ origin: string; tiles: number }>) => {
  self.postMessage(await fetchInto("worker", origin, tiles));
};
