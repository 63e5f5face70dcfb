import { UsageError } from "../usage-error.ts";

/** The value of a JSON text from a file; `what` names the file. */
export function parseJson(what: string, text: string): unknown {
  const json = text.replace(/^\uFEFF/, "").trimEnd();
  try {
    return JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    if (isAtEnd(reason, json.length))
      throw new UsageError(`${what} is JSON that ends too early. Is the file complete?`);
    // Not what stands there: it may be a key.
    const [, line, column] = /line (\d+) column (\d+)/.exec(reason) ?? [];
    const where = line === undefined ? "" : `, in line ${line}, column ${column}`;
    throw new UsageError(`${what} is not valid JSON${where}.`);
  }
}

function isAtEnd(reason: string, length: number): boolean {
  const [, position] = /position (\d+)/.exec(reason) ?? [];
  return /end of JSON|Unterminated/.test(reason) || (position !== undefined && Number(position) >= length);
}
