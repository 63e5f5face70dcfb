import { type Transport, TransportError } from "@fmtc/core";
import { throwError } from "rxjs";

/** A transport for commands that make no request: it cannot make one. */
export const noRequests: Transport = {
  request: () => throwError(() => new TransportError("closed", "This command makes no requests.")),
  close: async () => {},
};
