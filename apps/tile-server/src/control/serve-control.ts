import { readNumber, readObject, refuseUnknown } from "../faults/read-json.ts";
import type { Exchange } from "../http/exchange.ts";
import type { Route } from "../http/route.ts";
import { type Delivery, send } from "../http/send.ts";
import type { Service } from "../http/service.ts";
import { UsageError } from "../usage-error.ts";
import { changeFaults } from "./change-faults.ts";
import { jsonAnswer } from "./json-answer.ts";
import { readBodyAsJson } from "./read-body-as-json.ts";
import { refusalOf } from "./refusal-of.ts";

export type ControlRoute = Extract<Route, { kind: "control" | "outage" | "stats" | "log" }>;

const MAX_OUTAGE_MS = 3_600_000;

/** Which methods each of the control endpoint's addresses knows. */
const CONTROL_METHODS: Readonly<Record<ControlRoute["kind"], readonly string[]>> = {
  control: ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"],
  outage: ["POST", "DELETE", "OPTIONS"],
  stats: ["GET", "DELETE", "OPTIONS"],
  log: ["GET", "DELETE", "OPTIONS"],
};

export function isControl(route: Route): route is ControlRoute {
  return Object.hasOwn(CONTROL_METHODS, route.kind);
}

/** What to answer, and what is to happen to the map's port. */
interface Result {
  readonly value: unknown;
  readonly moveDoor?: () => Promise<void>;
}

/** Faults, statistics and log: JSON in, JSON out. Faults do not touch it. `port` is what the request came through. */
export async function serveControl(
  exchange: Exchange,
  route: ControlRoute,
  service: Service,
  port: "map" | "control",
): Promise<void> {
  const reply = (status: number, value: unknown, headers?: Readonly<Record<string, string>>): Promise<Delivery> =>
    send(exchange, jsonAnswer(status, value, headers));
  const methods = CONTROL_METHODS[route.kind];
  const refusal = refusalOf(exchange, service.options.host);
  if (refusal !== undefined) {
    await reply(403, { error: refusal });
  } else if (exchange.method === "OPTIONS") {
    await reply(204, undefined, { allow: methods.join(", ") });
  } else if (!methods.includes(exchange.method)) {
    const error = `${exchange.method} is not for this address: ${methods.join(", ")} are.`;
    await reply(405, { error }, { allow: methods.join(", ") });
  } else {
    await serveAllowed(exchange, route, service, port, reply);
  }
}

async function serveAllowed(
  exchange: Exchange,
  route: ControlRoute,
  service: Service,
  port: "map" | "control",
  reply: (status: number, value: unknown) => Promise<Delivery>,
): Promise<void> {
  try {
    if (route.kind === "control" && exchange.method !== "GET") {
      await changeFaults(exchange, service, port, reply);
      return;
    }
    const { value, moveDoor } = await resultOf(exchange, route, service);
    // Whoever asks through the door that is going to be shut gets the answer first.
    if (port === "control") await moveDoor?.();
    await reply(200, value);
    if (port === "map") await moveDoor?.();
  } catch (error) {
    if (error instanceof UsageError) await reply(400, { error: error.message });
    else if (isPortTaken(error)) await reply(409, { error: `${error.message}: end the program that has taken it.` });
    else throw error;
  }
}

async function resultOf(exchange: Exchange, route: ControlRoute, service: Service): Promise<Result> {
  const { faults, door, stats, log, options } = service;
  const { method } = exchange;
  switch (route.kind) {
    case "control":
      return { value: faults.current };
    case "outage": {
      if (method === "DELETE") return { value: { durationMs: 0 }, moveDoor: () => door.endOutage() };
      const given = readObject(await readBodyAsJson(exchange), "outage");
      refuseUnknown(given, ["durationMs"], "outage");
      const durationMs = readNumber(given.durationMs, "outage.durationMs", 1, MAX_OUTAGE_MS);
      return { value: { durationMs }, moveDoor: () => door.refuseFor(durationMs) };
    }
    case "stats":
      if (method === "DELETE") stats.reset();
      return { value: stats.report() };
    case "log":
      if (!options.log) throw new UsageError("There is no log: start the server with --log.");
      if (method === "DELETE") log.clear();
      return { value: log.entries };
  }
}

function isPortTaken(error: unknown): error is Error {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
