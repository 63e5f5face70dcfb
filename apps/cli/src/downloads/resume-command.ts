import type { GlobalOptions } from "../settings.ts";
import type { SourceOptions } from "../sources/source-options.ts";
import { urlIsPublic } from "../sources/url-is-public.ts";
import { shellWord } from "./shell-word.ts";
import { shortId } from "./short-id.ts";

/** What to type in order to go on with a download. It holds no key: what may be one is left to fill in, as `…`. */
export function resumeCommand(
  id: string,
  globals: GlobalOptions,
  { url, param, header, allowBulk, contact }: Omit<SourceOptions, "source">,
): string {
  const words = ["fmtc", "resume", shortId(id)];
  if (globals.db !== undefined) words.push("--db", shellWord(globals.db));
  if (globals.config !== undefined) words.push("--config", shellWord(globals.config));
  if (url !== undefined) words.push("--url", urlIsPublic(url) ? shellWord(url) : "…");
  for (const pair of param) words.push("--param", `${pair.split("=", 1)[0]}=…`);
  for (const line of header) words.push("--header", `'${line.split(":", 1)[0]?.trim()}: …'`);
  if (allowBulk === true) words.push("--allow-bulk");
  if (contact !== undefined) words.push("--contact", shellWord(contact));
  return words.join(" ");
}
