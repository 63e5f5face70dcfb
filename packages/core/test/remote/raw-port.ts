import { onTestFinished } from "vitest";
import type { AnyMessage } from "./connected.ts";

/** One end of a channel in the hands of a test: what comes, message by message, and anything that is posted. */
export function rawPort() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port2.close());
  const came: AnyMessage[] = [];
  const session = Promise.withResolvers<string>();
  const waiting = new Set<() => void>();
  port2.addEventListener("message", ({ data }: MessageEvent<{ session?: string; messages: AnyMessage[] }>) => {
    if (data.session !== undefined) session.resolve(data.session);
    came.push(...data.messages);
    for (const look of [...waiting]) look();
  });
  port2.start();
  return {
    port: port1,
    came,
    /** The session that the other end has named. */
    session: session.promise,
    close: () => port2.close(),
    postAnything: (data: unknown) => port2.postMessage(data),
    post: (session: string | undefined, ...messages: unknown[]) =>
      port2.postMessage({ fmtc: "root", session, messages }),
    /** Resolves with the first message that is as wanted. */
    until: (isWanted: (message: AnyMessage) => boolean) =>
      new Promise<AnyMessage>((resolve) => {
        const look = () => {
          const found = came.find(isWanted);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

export const ofType =
  (type: string, id?: number) =>
  (message: AnyMessage): boolean =>
    message.type === type && (id === undefined || message.id === id);
