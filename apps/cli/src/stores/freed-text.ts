import type { Freed } from "@fmtc/core";
import { formatBytes } from "../output/format-bytes.ts";
import { formatCount } from "../output/format-count.ts";

/** What a removal takes, what stays, and how much room that frees; for people: `842 tiles; 12.3 MB come free`. */
export function freedText({ removed, deleted, bytes }: Freed): string {
  if (removed === 0) return "no tiles";
  const tiles = removed === 1 ? "1 tile" : `${formatCount(removed)} tiles`;
  const shared = removed - deleted;
  const room = deleted === 0 ? "no room comes free" : `${formatBytes(bytes)} come free`;
  if (shared === 0) return `${tiles}; ${room}`;
  const kept = deleted > 0 ? formatCount(shared) : removed === 1 ? "which" : "all";
  return `${tiles}, ${kept === "which" ? kept : `${kept} of which`} other stores keep; ${room}`;
}
