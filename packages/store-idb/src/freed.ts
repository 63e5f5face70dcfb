import type { Freed } from "@fmtc/core";

export const nothingFreed: Freed = { removed: 0, deleted: 0, bytes: 0 };
