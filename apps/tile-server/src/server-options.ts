import type { Faults } from "./faults/faults.ts";
import { NO_FAULTS } from "./faults/faults.ts";
import type { CorsMode } from "./http/cors.ts";
import type { LogEntry } from "./stats/request-log.ts";

export interface ServerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Of the control endpoint, which is for this machine only; 0: any that is free. */
  readonly controlPort: number;
  /** HTTP/2 over TLS with a certificate of its own making, and HTTP/1.1 for those who ask for it. */
  readonly http2: boolean;
  readonly cors: CorsMode;
  readonly maxAgeSeconds: number;
  readonly faults: Faults;
  /** Whether every request is kept, and told to `onLog`. */
  readonly log: boolean;
  readonly onLog: (entry: LogEntry) => void;
  /** Whether pictures are drawn beforehand: a few dozen, which all addresses share. */
  readonly throughput: boolean;
  /** Whether the tiles that everybody sees first are drawn before anybody asks. */
  readonly drawAhead: boolean;
}

export const DEFAULT_OPTIONS: ServerOptions = {
  host: "127.0.0.1",
  port: 8090,
  controlPort: 0,
  http2: false,
  cors: "open",
  maxAgeSeconds: 86_400,
  faults: NO_FAULTS,
  log: false,
  onLog: () => {},
  throughput: false,
  drawAhead: false,
};
