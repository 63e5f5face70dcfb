import type { Answer } from "../http/answer.ts";

/** An answer of the control endpoint. It knows nothing of CORS, so no page of another origin can read it. */
export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const body = value === undefined ? Buffer.alloc(0) : Buffer.from(`${JSON.stringify(value)}\n`);
  const described = { "content-type": "application/json", "content-length": `${body.length}` };
  return {
    status,
    headers: { ...(value === undefined ? {} : described), "cache-control": "no-store", ...headers },
    body,
  };
}
