import { type Transport, TransportError } from "@fmtc/core";
import { Observable } from "rxjs";
import { Fetching } from "./fetching.ts";
import { Origins } from "./origins.ts";
import { readSettings } from "./settings.ts";
import type { UndiciTransportOptions } from "./undici-transport-options.ts";
import { WaitingLine } from "./waiting-line.ts";

/**
 * A transport for Node, with connections of its own.
 *
 * @throws TransportOptionError
 * @example
 * const transport = undiciTransport({ appId: "hiking-app/1.0", contact: "https://example.org" });
 */
export function undiciTransport(options: UndiciTransportOptions): Transport {
  const settings = readSettings(options);
  const origins = new Origins(settings);
  const underWay = new WaitingLine<Fetching>();
  const context = { origins, settings, underWay };
  const tooLate = () => new TransportError("closed", "The transport was closed.");
  let closed: Promise<void> | undefined;
  let isOpen = true;

  return {
    request: (request) =>
      new Observable((subscriber) => {
        if (!isOpen) throw tooLate();
        new Fetching(subscriber, request, context).begin();
      }),
    close: () => {
      isOpen = false;
      for (let one = underWay.next(); one !== undefined; one = underWay.next()) one.fail(tooLate());
      closed ??= origins.close();
      return closed;
    },
  };
}
