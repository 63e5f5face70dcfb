import type { BrowserCommand } from "vitest/node";

declare module "vitest/browser" {
  interface BrowserCommands {
    /** Asks a server's control endpoint, in place of the page, which may not. */
    readonly control: (url: string, method: string, path: string, body?: object) => Promise<unknown>;
  }
}

/** What a test in the browser calls as `commands.control`; runs in Node. */
export const control: BrowserCommand<[url: string, method: string, path: string, body?: object]> = async (
  _,
  url,
  method,
  path,
  body,
) => {
  const answer = await fetch(`${url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return answer.json();
};
