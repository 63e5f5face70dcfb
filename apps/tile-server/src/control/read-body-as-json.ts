import type { Exchange } from "../http/exchange.ts";
import { UsageError } from "../usage-error.ts";

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** @throws UsageError for what is too long, or no JSON */
export async function readBodyAsJson(exchange: Pick<Exchange, "readBody">): Promise<unknown> {
  const text = await exchange.readBody(MAX_BODY_BYTES);
  if (text === undefined) throw new UsageError(`The body is longer than ${MAX_BODY_BYTES} bytes.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError("The body is not JSON.");
  }
}
