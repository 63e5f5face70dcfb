import type { Freed } from "@fmtc/core";
import { formatBytes } from "../output/format-bytes.ts";
import { formatCount } from "../output/format-count.ts";

/** What a removal frees, for people. */
export function freedText({ removed, deleted, bytes }: Freed): string {
  const tiles = removed === 1 ? "1 tile" : `${formatCount(removed)} tiles`;
  const shared = removed - deleted;
  const stays = shared === 0 ? "" : `; ${formatCount(shared)} of them stay in other stores`;
  return `${tiles}, ${formatBytes(bytes)}${stays}`;
}
