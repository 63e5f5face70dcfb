import { type Transport, type TransportResponse, verdictOf } from "@fmtc/core";
import { tap } from "rxjs";

/** A transport that tells, in a sentence, why a request brings no tile. */
export function tellingFailures(transport: Transport, tell: (why: string) => void): Transport {
  return {
    request: (request) =>
      transport.request(request).pipe(
        tap({
          next: (response) => {
            const why = problemOf(response);
            if (why !== undefined) tell(why);
          },
          error: (error: unknown) => tell(error instanceof Error ? error.message : String(error)),
        }),
      ),
    close: () => transport.close(),
  };
}

function problemOf(response: TransportResponse): string | undefined {
  const verdict = verdictOf(response, Date.now());
  switch (verdict.kind) {
    case "invalid":
      return verdict.problem;
    case "negative":
    case "transient":
      return `The server answered with status ${verdict.status}.`;
    default:
      return undefined;
  }
}
