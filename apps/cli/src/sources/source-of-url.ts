import { defineSource, SourceError, type TileSource } from "@fmtc/core";
import { UsageError } from "../usage-error.ts";
import { sourceIdOfUrl } from "./source-id-of-url.ts";

/**
 * The source of `--url`. `{s}` and `{r}` are told by parameters too: `s=a,b,c` and `r=@2x`.
 *
 * @throws UsageError that speaks of options, and never repeats a URL or a parameter.
 */
export function sourceOfUrl(
  url: string,
  given: string | undefined,
  parameters: Readonly<Record<string, string>>,
): TileSource {
  if (!/^https?:\/\//i.test(url)) {
    throw new UsageError(
      "--url must begin with https:// or http://, such as https://tiles.example.org/{z}/{x}/{y}.png.",
    );
  }
  const { s, r, ...own } = parameters;
  if (r !== undefined && r !== "@2x" && r !== "") throw new UsageError("--param r must be @2x, or empty.");
  const source = asSource({
    id: given ?? "any",
    url,
    ...(s !== undefined && { subdomains: s.split(",").map((name) => name.trim()) }),
    ...(r === "@2x" && { retina: true }),
    ...(Object.keys(own).length > 0 && { parameters: own }),
  });
  // What is wrong with the URL comes first.
  return given === undefined ? { ...source, id: sourceIdOfUrl(url, parameters) } : source;
}

function asSource(source: TileSource): TileSource {
  try {
    return defineSource(source);
  } catch (error) {
    throw SourceError.isInstance(error) ? new UsageError(inOptions(error)) : error;
  }
}

function inOptions({ field, message }: SourceError): string {
  const problem = message.slice(field.length + 1);
  const [, placeholder] = /^has \{(.*?)\}/.exec(problem) ?? [];
  if (placeholder === "s") return "--url has {s}: say what it stands for, such as --param s=a,b,c.";
  if (placeholder !== undefined)
    return `--url has {${placeholder}}: say what it stands for, with --param ${placeholder}=…`;
  if (problem.startsWith("holds a user name")) {
    return "--url holds a user name. Send it with --header 'Authorization: Basic …'.";
  }
  if (field === "id") return `--source ${problem.replace("Give the source", "Give the tiles")}`;
  if (field === "subdomains") return "--param s must be a list of names, such as --param s=a,b,c.";
  const [name, parameter] = field.split(".", 2);
  return `${name === "parameters" ? `--param ${parameter ?? ""}`.trim() : `--${field}`} ${problem}`;
}
