import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Runs a script with the flags that it needs, wherever the benchmark itself was started from. */
export function start(script: URL, ...args: readonly (string | number)[]): ChildProcess {
  return fork(fileURLToPath(script), args.map(String), {
    execArgv: [
      "--experimental-strip-types",
      "--disable-warning=ExperimentalWarning",
      "--conditions=@fmtc/source",
      "--expose-gc",
    ],
  });
}

/** The next message. A process that dies instead is a failure, not a wait. */
export async function messageOf<T>(child: ChildProcess): Promise<T> {
  const aborter = new AbortController();
  const { signal } = aborter;
  const died = once(child, "exit", { signal }).then(() =>
    Promise.reject(new Error("A process of the benchmark died.")),
  );
  try {
    const [message] = await Promise.race([once(child, "message", { signal }), died]);
    return message;
  } finally {
    died.catch(() => {});
    aborter.abort();
  }
}
