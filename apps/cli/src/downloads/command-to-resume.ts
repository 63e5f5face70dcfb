import type { GlobalOptions } from "../settings.ts";
import { defaultSourceId, partsOfUrl } from "../sources/default-source-id.ts";
import type { SourceOptions } from "../sources/source-options.ts";
import { urlIsPublic } from "../sources/url-is-public.ts";
import { shellWord } from "./shell-word.ts";
import { shortId } from "./short-id.ts";

/** The resolution is no secret, and neither are the names of servers. */
function isPublicParameter(pair: string, url = ""): boolean {
  const { host, path, query = "" } = partsOfUrl(url);
  if (/^\{?r\}?=/.test(pair)) return true;
  return /^\{?s\}?=/.test(pair) && host.includes("{s}") && !(path + query).includes("{s}");
}

/** What to type in order to go on with a download of a source. It holds no key: what may be one is left to fill in, as `…`. */
export function commandToResume(
  id: string,
  source: string,
  files: Pick<GlobalOptions, "db" | "config">,
  { url, source: named, param, header, allowBulk, contact }: SourceOptions,
): string {
  const words = ["fmtc", "resume", shortId(id)];
  if (files.db !== undefined) words.push("--db", shellWord(files.db));
  if (files.config !== undefined) words.push("--config", shellWord(files.config));
  const isPublic = url !== undefined && urlIsPublic(url);
  if (url !== undefined) words.push("--url", isPublic ? shellWord(url) : "…");
  const isDefault = url === undefined || (isPublic && defaultSourceId(url) === source);
  if (named !== undefined || !isDefault) words.push("--source", shellWord(source));
  for (const pair of param) {
    words.push("--param", isPublicParameter(pair, url) ? shellWord(pair) : `${pair.split("=", 1)[0]}=…`);
  }
  for (const line of header) words.push("--header", `'${line.split(":", 1)[0]?.trim()}: …'`);
  if (allowBulk === true) words.push("--allow-bulk");
  if (contact !== undefined) words.push("--contact", shellWord(contact));
  return words.join(" ");
}
