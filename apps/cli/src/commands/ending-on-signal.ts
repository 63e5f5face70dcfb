import { EXIT } from "../exit-code.ts";

/** Runs what may end at once when it is asked to. The database is closed as it should be: it need not be checked afterwards. */
export async function endingOnSignal<T>(work: () => Promise<T>): Promise<T> {
  const interrupt = () => process.exit(EXIT.interrupted);
  const terminate = () => process.exit(EXIT.terminated);
  process.on("SIGINT", interrupt).on("SIGTERM", terminate).on("SIGHUP", terminate);
  try {
    return await work();
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", terminate).off("SIGHUP", terminate);
  }
}
