import type { Transport, TransportError, TransportRequest, TransportResponse } from "@fmtc/core";
import { firstValueFrom } from "rxjs";
import { expect, onTestFinished } from "vitest";
import { type UndiciTransportOptions, undiciTransport } from "../src/index.ts";

/** A transport, closed when the test is over. */
export function transportWith(options: Partial<UndiciTransportOptions> = {}): Transport {
  const transport = undiciTransport({ appId: "fmtc-test/1.0", ...options });
  onTestFinished(transport.close);
  return transport;
}

export function fetchBy(transport: Transport, request: TransportRequest): Promise<TransportResponse> {
  return firstValueFrom(transport.request(request));
}

/** One request, by a transport of its own. */
export function get(request: TransportRequest, options: Partial<UndiciTransportOptions> = {}) {
  return fetchBy(transportWith(options), request);
}

export const textOf = ({ body }: TransportResponse) => new TextDecoder().decode(body);

export const failure = (kind: TransportError["kind"], message: RegExp = /./) =>
  expect.objectContaining({ code: "TRANSPORT", kind, message: expect.stringMatching(message) });
