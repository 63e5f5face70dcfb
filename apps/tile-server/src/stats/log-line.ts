import type { LogEntry } from "./request-log.ts";

/** An entry for people to read. */
export function logLine({ method, path, status, outcome, bytes, latencyMs, ...entry }: LogEntry): string {
  const conditional = entry.ifNoneMatch !== null || entry.ifModifiedSince !== null ? "conditional" : undefined;
  const latency = latencyMs > 0 ? `after ${latencyMs} ms` : undefined;
  const fault = outcome === "ok" || outcome === `${status}` ? undefined : outcome;
  return [status ?? "---", method, path, `${bytes} B`, fault, conditional, latency]
    .filter((word) => word !== undefined)
    .join(" ");
}
