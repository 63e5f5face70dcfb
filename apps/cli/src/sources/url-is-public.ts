import { unnameablePart } from "./unnameable-part.ts";

/** Whether a URL template can be shown: it holds no user, no fragment, and nothing that may be a key. */
export function urlIsPublic(url: string): boolean {
  const [, authority = ""] = /^[^/?#]*\/\/([^/?#]*)/.exec(url) ?? [];
  return !authority.includes("@") && !url.includes("#") && unnameablePart(url) === undefined;
}
