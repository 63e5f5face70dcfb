import { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

// Loaded ahead of a program that the demo has started, to end it when the demo is gone, even by a SIGKILL: its file
// descriptor 3 is a pipe of which only the demo has the other end.
if (isMainThread) {
  const demo = new Socket({ fd: 3 });
  demo.on("error", () => demo.destroy());
  demo.once("close", () => process.kill(process.pid, "SIGKILL"));
  demo.resume().unref();
}
