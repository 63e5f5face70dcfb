/** Status, headers and body of an answer. The body is what GET gets; HEAD gets the rest. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const NO_BODY = new Uint8Array();

/** A sentence, which nobody is to keep. */
export function textAnswer(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers },
    body: Buffer.from(`${text}\n`),
  };
}

/** An answer that has no body by its nature. */
export function emptyAnswer(status: 204 | 304, headers: Readonly<Record<string, string>>): Answer {
  return { status, headers, body: NO_BODY };
}
