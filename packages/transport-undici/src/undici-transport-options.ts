import type { ConnectionOptions } from "node:tls";
import type { Dispatcher } from "undici";

/** How servers are believed to be who they say: Node's own options. */
export type TlsOptions = Pick<
  ConnectionOptions,
  "ca" | "cert" | "key" | "passphrase" | "pfx" | "rejectUnauthorized" | "servername"
>;

export interface UndiciTransportOptions {
  /** Who asks: the name of your app, as it stands in the User-Agent: `hiking-app/1.0`. */
  readonly appId: string;
  /** Where an operator can reach you, a URL or a mail address. It stands in the User-Agent, too. */
  readonly contact?: string | undefined;
  /**
   * How many connections to one origin there may be. There are never more than requests at a time, so this is a limit
   * for those who ask for much at once. Default: 32.
   */
  readonly connections?: number | undefined;
  /**
   * How many requests may be under way on one HTTP/1.1 connection. More than 1 helps where a server is far away and all
   * connections are busy, and makes a slow tile hold up those behind it. Default: 1.
   */
  readonly pipelining?: number | undefined;
  /** Whether to use HTTP/2 with servers that offer it: one connection, up to 100 requests at a time. Default: true. */
  readonly allowH2?: boolean | undefined;
  /** How long making a connection may take, TLS included. Default: 10,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long a response may take to begin. Default: 30,000. */
  readonly headersTimeoutMs?: number | undefined;
  /** How long a body may pause. Default: 30,000. */
  readonly bodyTimeoutMs?: number | undefined;
  /** How long a request may take from its turn to the last byte, redirects included. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** For certificates of one's own making. Default: the authorities that Node trusts. */
  readonly tls?: TlsOptions | undefined;
  /**
   * What sends the requests instead of connections of the transport's own, such as undici's `EnvHttpProxyAgent`. It has
   * its own `pipelining`, `allowH2`, `connectTimeoutMs` and `tls`, and closing it is for who has made it.
   */
  readonly dispatcher?: Pick<Dispatcher, "dispatch"> | undefined;
}
