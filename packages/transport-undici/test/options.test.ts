import { expect, it } from "vitest";
import { TransportOptionError, type UndiciTransportOptions, undiciTransport } from "../src/index.ts";

const make = (options: unknown) => () => undiciTransport(options as UndiciTransportOptions);
const appId = "hiking-app/1.0";

it.each([
  ["options", undefined],
  ["appId", {}],
  ["conections", { appId, conections: 4 }],
  ["appId", { appId: "" }],
  ["appId", { appId: "hiking app" }],
  ["appId", { appId: "hiking/1/2" }],
  ["appId", { appId: "hiking/" }],
  ["appId", { appId: "wandern-ü/1" }],
  ["appId", { appId: "a\r\nX-Evil: 1" }],
  ["appId", { appId: 7 }],
  ["contact", { appId, contact: "somewhere" }],
  ["contact", { appId, contact: "https://" }],
  ["contact", { appId, contact: "https://example.org/(me)" }],
  ["contact", { appId, contact: "me@example.org\r\nX-Evil: 1" }],
  ["contact", { appId, contact: "" }],
  ["connections", { appId, connections: 0 }],
  ["connections", { appId, connections: 1.5 }],
  ["connections", { appId, connections: "6" }],
  ["pipelining", { appId, pipelining: -1 }],
  ["connectTimeoutMs", { appId, connectTimeoutMs: 0 }],
  ["headersTimeoutMs", { appId, headersTimeoutMs: Number.NaN }],
  ["bodyTimeoutMs", { appId, bodyTimeoutMs: null }],
  ["timeoutMs", { appId, timeoutMs: Number.POSITIVE_INFINITY }],
  ["timeoutMs", { appId, timeoutMs: 2 ** 31 }],
  ["allowH2", { appId, allowH2: "yes" }],
  ["tls", { appId, tls: null }],
  ["dispatcher", { appId, dispatcher: {} }],
  ["dispatcher", { appId, dispatcher: null }],
])("refuses %s: %o", (field, options) => {
  expect(make(options)).toThrow(expect.objectContaining({ code: "TRANSPORT_OPTION_INVALID", field }));
  expect(make(options)).toThrow(new RegExp(`^${field} `));
});

it("has an error that is recognised across copies", () => {
  const error = new TransportOptionError("appId", "is missing.");
  expect(TransportOptionError.isInstance(error)).toBe(true);
  expect(TransportOptionError.isInstance(new Error("appId is missing."))).toBe(false);
});

it.each([
  { appId: "hiking" },
  { appId },
  { appId, contact: "https://example.org/about?us" },
  { appId, contact: "mailto:maps@example.org" },
  { appId, contact: "maps@example.org" },
  { appId, contact: undefined, connections: undefined, tls: undefined, dispatcher: undefined, timeoutMs: undefined },
])("takes %o", async (options) => {
  await make(options)().close();
});
