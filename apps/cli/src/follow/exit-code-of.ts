import { EXIT, type ExitCode } from "../exit-code.ts";

/** What a program answers that has been asked to stop. */
export function exitCodeOf(signal: NodeJS.Signals): ExitCode {
  if (signal === "SIGINT") return EXIT.interrupted;
  return signal === "SIGHUP" ? EXIT.hungUp : EXIT.terminated;
}
