import { type ConnectOptions, connectRoot, type RemotePort, type Root, type RootStore, serveRoot } from "@fmtc/core";
import { onTestFinished } from "vitest";
import { openTestRoot } from "../root/root-fixture.ts";

export type TestRootOptions = NonNullable<Parameters<typeof openTestRoot>[0]>;

/** A root, here or elsewhere, with its store `hiking`. */
export interface OpenedRoot {
  readonly root: Root;
  readonly hiking: RootStore;
  /** The URLs that were asked for. */
  readonly asked: () => readonly string[];
}

/** A root in this program. */
export async function openLocal(options: TestRootOptions = {}) {
  const far = await openTestRoot({ delayMs: 0, ...options });
  onTestFinished(() => far.root.close());
  return far;
}

/** A root at the other end of a channel, and what both ends post. */
export async function openConnected(options: TestRootOptions = {}, connect: ConnectOptions = {}) {
  const far = await openLocal(options);
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const farPort = recorded(port1);
  const nearPort = recorded(port2);
  const served = serveRoot(far.root, farPort.port);
  const root = connectRoot(nearPort.port, connect);
  onTestFinished(() => root.close());
  return {
    ...far,
    farRoot: far.root,
    farHiking: far.hiking,
    served,
    farPort: port1,
    nearPort: port2,
    fromFar: farPort.posted,
    fromNear: nearPort.posted,
    root,
    hiking: root.store("hiking"),
  };
}

/** What is known of any message. */
export interface AnyMessage {
  readonly type: string;
  readonly id?: number;
  readonly name?: string;
  readonly value?: unknown;
}

/** A port that keeps what is posted to it: for each envelope its messages. */
function recorded(port: MessagePort): { readonly port: RemotePort; readonly posted: AnyMessage[][] } {
  const posted: AnyMessage[][] = [];
  return {
    posted,
    port: {
      postMessage: (data) => {
        port.postMessage(data);
        posted.push((data as { messages: AnyMessage[] }).messages);
      },
      addEventListener: (type, listener) => port.addEventListener(type, listener),
      removeEventListener: (type, listener) => port.removeEventListener(type, listener),
      start: () => port.start(),
    },
  };
}

/** Resolves when all that was posted until now has been handled at both ends. */
export async function settle(root: Root): Promise<void> {
  await root.downloads.get("nobody");
}
