import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { DemoError } from "../demo-error.ts";
import { sentenceOf } from "../sentence-of.ts";

const LONGEST_MS = 10_000;

/** What a server on this machine answers. It is asked directly, whatever proxy the environment names. @throws DemoError */
export async function getJson(url: string): Promise<unknown> {
  try {
    // An agent of its own: the global one may have a proxy.
    const request = get(url, { agent: false, signal: AbortSignal.timeout(LONGEST_MS) });
    const [response]: IncomingMessage[] = await once(request, "response");
    if (response?.statusCode !== 200) {
      request.destroy();
      throw new Error(`status ${response?.statusCode}`);
    }
    return await json(response);
  } catch (error) {
    throw new DemoError(
      `The tile server cannot be asked what it has done: ${url} gave no answer (${sentenceOf(error)}).`,
    );
  }
}
