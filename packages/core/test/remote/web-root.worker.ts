import { serveRoot } from "@fmtc/core";
import { openWorkerRoot } from "./worker-root.ts";

// A root in a Web Worker. Given a port, it is served over that one too.
const root = openWorkerRoot();
addEventListener("message", ({ data }: MessageEvent<{ readonly port?: MessagePort }>) => {
  if (data.port !== undefined) serveRoot(root, data.port);
});
serveRoot(root, self);
