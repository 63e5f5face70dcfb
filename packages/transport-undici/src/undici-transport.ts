import { type Transport, TransportError, type TransportResponse } from "@fmtc/core";
import { Observable, type Subscriber } from "rxjs";
import { fetchInto } from "./fetch-into.ts";
import { Origins } from "./origins.ts";
import { readSettings } from "./settings.ts";
import type { UndiciTransportOptions } from "./undici-transport-options.ts";

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
  const underWay = new Set<Subscriber<TransportResponse>>();
  const tooLate = () => new TransportError("closed", "The transport was closed.");
  let closed: Promise<void> | undefined;
  let isOpen = true;

  return {
    request: (request) =>
      new Observable((subscriber) => {
        if (!isOpen) throw tooLate();
        underWay.add(subscriber);
        subscriber.add(() => underWay.delete(subscriber));
        return fetchInto(subscriber, request, origins, settings);
      }),
    close: () => {
      isOpen = false;
      for (const subscriber of underWay) subscriber.error(tooLate());
      closed ??= origins.close();
      return closed;
    },
  };
}
