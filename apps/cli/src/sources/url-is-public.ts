import { looksLikeKey } from "./default-source-id.ts";

/** Whether a URL template can be shown: it holds no query, no user, and nothing that looks like a key. */
export function urlIsPublic(url: string): boolean {
  return !/[?#;@]/.test(url.replace(/@2x/g, "")) && !url.split("/").some(looksLikeKey);
}
