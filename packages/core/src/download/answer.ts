import { TransportError } from "../errors/transport-error.ts";
import type { TransportResponse } from "../ports/transport.ts";
import { type Verdict, verdictOf } from "../response/verdict.ts";

/** What came of asking for a tile: a verdict on the response, or on why there is none. */
export type Answer =
  | Exclude<Verdict, { readonly kind: "transient" }>
  | { readonly kind: "transient"; readonly detail: string }
  | { readonly kind: "refused"; readonly detail: string }
  | { readonly kind: "unreached" };

/** Those after which there is nothing to wait for. */
export type FinalAnswer = Exclude<Answer, { readonly kind: "transient" | "unreached" }>;

export function answerOf(response: TransportResponse, now: number): Answer {
  const verdict = verdictOf(response, now);
  return verdict.kind === "transient" ? { kind: "transient", detail: `status ${verdict.status}` } : verdict;
}

/** Undefined if it is no failure of the request. */
export function answerOfError(error: unknown, isOffline: boolean): Answer | undefined {
  if (!TransportError.isInstance(error) || error.kind === "closed") return undefined;
  if (error.kind === "too-large" || error.kind === "redirect") return { kind: "invalid", problem: error.message };
  if (error.kind === "request") return { kind: "refused", detail: error.message };
  if (isOffline && (error.kind === "connect" || error.kind === "timeout" || error.kind === "interrupted")) {
    return { kind: "unreached" };
  }
  return { kind: "transient", detail: error.kind };
}
