import { parseFaults } from "../faults/parse-faults.ts";
import { readNumber, readObject, refuseUnknown } from "../faults/read-json.ts";
import { plainAnswer, send } from "../http/answer.ts";
import type { Exchange } from "../http/exchange.ts";
import type { Route } from "../http/route.ts";
import type { Service } from "../http/service.ts";
import { UsageError } from "../usage-error.ts";
import { isLoopback } from "./is-loopback.ts";

export type ControlRoute = Extract<Route, { kind: "control" | "outage" | "stats" | "log" }>;

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const MAX_OUTAGE_MS = 3_600_000;

/** Which methods each of the control endpoint's addresses knows. */
export const CONTROL_METHODS: Readonly<Record<ControlRoute["kind"], readonly string[]>> = {
  control: ["GET", "PUT", "PATCH", "DELETE"],
  outage: ["POST"],
  stats: ["GET", "DELETE"],
  log: ["GET", "DELETE"],
};

/** Faults, statistics and log: JSON in, JSON out. Faults do not touch it, and only this machine may use it. */
export async function serveControl(exchange: Exchange, route: ControlRoute, service: Service): Promise<void> {
  const json = { "content-type": "application/json" };
  const reply = (status: number, value: unknown) =>
    send(exchange, plainAnswer(status, `${JSON.stringify(value)}\n`, service, json));
  if (!isLoopback(exchange.remoteAddress)) {
    return reply(403, { error: "The control endpoint is for the machine it runs on." });
  }
  try {
    reply(200, await resultOf(exchange, route, service));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    reply(400, { error: error.message });
  }
}

async function resultOf(exchange: Exchange, route: ControlRoute, service: Service): Promise<unknown> {
  const { method } = exchange;
  switch (route.kind) {
    case "control":
      return changedFaults(exchange, service);
    case "outage": {
      const given = readObject(await readJson(exchange), "outage");
      refuseUnknown(given, ["durationMs"], "outage");
      const durationMs = readNumber(given.durationMs, "outage.durationMs", 1, MAX_OUTAGE_MS);
      service.refuseFor(durationMs);
      return { durationMs };
    }
    case "stats":
      if (method === "DELETE") service.stats.reset();
      return service.stats.report();
    case "log":
      if (!service.options.log) throw new UsageError("There is no log: start the server with --log.");
      if (method === "DELETE") service.log.clear();
      return service.log.entries;
  }
}

/** GET shows the faults, PUT replaces them all, PATCH some, DELETE returns to those the server was started with. */
async function changedFaults(exchange: Exchange, { faults }: Service): Promise<unknown> {
  if (exchange.method === "PUT") faults.set(parseFaults(await readJson(exchange)));
  if (exchange.method === "PATCH") faults.set(parseFaults(await readJson(exchange), faults.current));
  if (exchange.method === "DELETE") faults.reset();
  return faults.current;
}

async function readJson(exchange: Exchange): Promise<unknown> {
  const text = await exchange.readBody(MAX_BODY_BYTES);
  if (text === undefined) throw new UsageError(`The body is longer than ${MAX_BODY_BYTES} bytes.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError("The body is not JSON.");
  }
}
