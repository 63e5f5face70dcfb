import { UsageError } from "../usage-error.ts";

/** The names and values of `--param NAME=VALUE`. No message repeats a value, which may be a key. */
export function readParameters(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf("=");
      if (at > 0) return [pair.slice(0, at).replace(/^\{(.*)\}$/, "$1"), pair.slice(at + 1)];
      throw new UsageError("--param must be NAME=VALUE, such as --param key=1234.");
    }),
  );
}

/** The names and values of `--header 'NAME: VALUE'`. */
export function readHeaders(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((line) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+)\s*:\s*([^\r\n\0]*)$/.exec(line.trim()) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new UsageError(
        "--header must be 'NAME: VALUE' in one piece, such as --header 'Authorization: Bearer 1234'.",
      );
    }),
  );
}
