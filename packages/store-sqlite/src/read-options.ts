import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { StoreInputError } from "@fmtc/core";
import type { DatabaseOptions } from "./open-database.ts";
import type { SqliteStoreOptions } from "./sqlite-store.ts";

const CHECKS: readonly unknown[] = ["afterCrash", "always", "never"];

/** @throws StoreInputError that names what is not valid. */
export function readOptions(path: string, options: SqliteStoreOptions): DatabaseOptions & { readonly worker: boolean } {
  if (typeof path !== "string" || path === "" || path.includes("\0")) {
    throw new StoreInputError("path", path, 'is no path. Give that of a file, or ":memory:".');
  }
  const { worker = true, busyTimeoutMs = 30_000, maxFileBytes, check = "afterCrash" } = options;
  if (typeof worker !== "boolean") throw new StoreInputError("worker", worker, "must be true or false.");
  if (!CHECKS.includes(check)) {
    throw new StoreInputError("check", check, `is ${String(check)}, but must be one of ${CHECKS.join(", ")}.`);
  }
  assertNotNegative("busyTimeoutMs", busyTimeoutMs);
  if (maxFileBytes !== undefined) assertNotNegative("maxFileBytes", maxFileBytes);
  const isMemory = path === ":memory:";
  return {
    path: isMemory ? path : behindLinks(resolve(path)),
    worker: worker && !isMemory,
    busyTimeoutMs,
    maxFileBytes,
    check,
  };
}

/** SQLite keeps its files beside the file that a link leads to. Without one, opening finds out what is wrong. */
function behindLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function assertNotNegative(field: string, value: unknown): void {
  if (typeof value === "number" && value >= 0) return;
  throw new StoreInputError(field, value, `is ${String(value)}, but must be a number of 0 or more.`);
}
