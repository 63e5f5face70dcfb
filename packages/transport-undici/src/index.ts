export { TransportOptionError } from "./transport-option-error.ts";
export { undiciTransport } from "./undici-transport.ts";
export type { TlsOptions, UndiciTransportOptions } from "./undici-transport-options.ts";
