import type { Dispatcher } from "undici";
import { TransportOptionError } from "./transport-option-error.ts";
import type { TlsOptions, UndiciTransportOptions } from "./undici-transport-options.ts";
import { userAgentOf } from "./user-agent.ts";

/** Timers of Node cannot wait longer. */
const LONGEST_MS = 2 ** 31 - 1;

const NAMES: readonly string[] = [
  "appId",
  "contact",
  "connections",
  "pipelining",
  "allowH2",
  "connectTimeoutMs",
  "headersTimeoutMs",
  "bodyTimeoutMs",
  "timeoutMs",
  "tls",
  "dispatcher",
] satisfies (keyof UndiciTransportOptions)[];

/** The options, checked, with their defaults. */
export interface Settings {
  readonly userAgent: string;
  readonly connections: number;
  readonly pipelining: number;
  readonly allowH2: boolean;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly timeoutMs: number;
  readonly tls: TlsOptions;
  readonly dispatcher: Pick<Dispatcher, "dispatch"> | undefined;
}

/** @throws TransportOptionError that names the option. */
export function readSettings(options: UndiciTransportOptions): Settings {
  if (typeof options !== "object" || options === null) {
    throw new TransportOptionError("options", 'are missing. At the least: { appId: "hiking-app/1.0" }.');
  }
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new TransportOptionError(unknown, `is no option of a transport. There is ${NAMES.join(", ")}.`);
  }
  const { allowH2 = true, tls = {}, dispatcher } = options;
  if (typeof allowH2 !== "boolean") throw new TransportOptionError("allowH2", "must be true or false.");
  if (typeof tls !== "object" || tls === null) {
    throw new TransportOptionError("tls", "must be an object, as in tls: { ca }.");
  }
  if (dispatcher !== undefined && typeof dispatcher?.dispatch !== "function") {
    throw new TransportOptionError("dispatcher", "must be one of undici's, as in dispatcher: new EnvHttpProxyAgent().");
  }
  return {
    userAgent: userAgentOf(options.appId, options.contact),
    connections: whole(options, "connections", 32, 10_000),
    pipelining: whole(options, "pipelining", 1, 1_000),
    allowH2,
    connectTimeoutMs: whole(options, "connectTimeoutMs", 10_000, LONGEST_MS),
    headersTimeoutMs: whole(options, "headersTimeoutMs", 30_000, LONGEST_MS),
    bodyTimeoutMs: whole(options, "bodyTimeoutMs", 30_000, LONGEST_MS),
    timeoutMs: whole(options, "timeoutMs", 60_000, LONGEST_MS),
    tls,
    dispatcher,
  };
}

type Numbers = "connections" | "pipelining" | "connectTimeoutMs" | "headersTimeoutMs" | "bodyTimeoutMs" | "timeoutMs";

function whole(options: UndiciTransportOptions, field: Numbers, usual: number, most: number): number {
  const { [field]: value = usual } = options;
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new TransportOptionError(field, `is ${String(value)}, but must be a whole number from 1 to ${most}.`);
}
