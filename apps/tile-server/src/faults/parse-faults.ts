import { UsageError } from "../usage-error.ts";
import type { Faults, Outcome } from "./faults.ts";
import { NO_FAULTS } from "./faults.ts";
import { MAX_LATENCY_MS } from "./latency-at.ts";
import { readBoolean, readNumber, readObject, readOneOf, readShare, readWhole, refuseUnknown } from "./read-json.ts";

const WORDS = ["ok", "reset", "truncate", "html", "blocked"];

/**
 * The faults that a JSON value describes; what it leaves out stays as in `base`.
 * @throws UsageError that names the field
 */
export function parseFaults(value: unknown, base: Faults = NO_FAULTS): Faults {
  const given = readObject(value, "faults");
  refuseUnknown(given, Object.keys(NO_FAULTS), "faults");
  const field = <Key extends keyof Faults>(
    key: Key,
    read: (value: unknown, name: string) => Faults[Key],
  ): Faults[Key] => (given[key] === undefined ? base[key] : read(given[key], `faults.${key}`));

  const faults: Faults = {
    seed: field("seed", (seed, name) => readWhole(seed, name, 0, 2 ** 32 - 1)),
    latency: field("latency", readLatency),
    errors: field("errors", readErrors),
    resets: field("resets", readShare),
    truncated: field("truncated", readShare),
    html: field("html", readShare),
    blocked: field("blocked", readShare),
    drip: field("drip", readDrip),
    rateLimit: field("rateLimit", readRateLimit),
    offline: field("offline", readBoolean),
    map: field("map", (map, name) => readMap(map, name, base.map)),
    planned: field("planned", readPlanned),
  };
  refuseMoreThanAll(faults);
  return faults;
}

function readLatency(value: unknown, name: string): Faults["latency"] {
  const given = readObject(value, name);
  const readMs = (key: string) => readNumber(given[key], `${name}.${key}`, 0, MAX_LATENCY_MS);
  if ("ms" in given) {
    refuseUnknown(given, ["ms"], name);
    return { ms: readMs("ms") };
  }
  if ("medianMs" in given) {
    refuseUnknown(given, ["medianMs", "sigma"], name);
    return { medianMs: readMs("medianMs"), sigma: readNumber(given.sigma, `${name}.sigma`, 0, 5) };
  }
  if (!("minMs" in given || "maxMs" in given)) {
    const shown = JSON.stringify(value);
    throw new UsageError(`${name} is ${shown}: give { ms }, { minMs, maxMs } or { medianMs, sigma }.`);
  }
  refuseUnknown(given, ["minMs", "maxMs"], name);
  const [minMs, maxMs] = [readMs("minMs"), readMs("maxMs")];
  if (minMs > maxMs) throw new UsageError(`${name}.minMs is ${minMs}, more than maxMs, ${maxMs}: swap them.`);
  return { minMs, maxMs };
}

function readErrors(value: unknown, name: string): Faults["errors"] {
  const given = Object.entries(readObject(value, name));
  return Object.fromEntries(
    given.map(([status, share]) => [readStatus(status, name), readShare(share, `${name}.${status}`)]),
  );
}

/** 204 is among them: to some servers that is how an empty tile looks. */
function readStatus(status: string, name: string): string {
  if (status === "204" || /^[45]\d\d$/.test(status)) return status;
  throw new UsageError(`${name} has the status "${status}": give 204, or one from 400 to 599.`);
}

function readDrip(value: unknown, name: string): Faults["drip"] {
  if (value === null) return null;
  const given = readObject(value, name);
  refuseUnknown(given, ["share", "bytesPerSecond"], name);
  return {
    share: given.share === undefined ? 1 : readShare(given.share, `${name}.share`),
    bytesPerSecond: readNumber(given.bytesPerSecond, `${name}.bytesPerSecond`, 1, 1e9),
  };
}

function readRateLimit(value: unknown, name: string): Faults["rateLimit"] {
  if (value === null) return null;
  const given = readObject(value, name);
  refuseUnknown(given, ["perSecond", "burst", "retryAfterSeconds", "retryAfterAs"], name);
  const perSecond = readNumber(given.perSecond, `${name}.perSecond`, 0, 1e6);
  return {
    perSecond,
    burst:
      given.burst === undefined ? Math.max(1, Math.ceil(perSecond)) : readWhole(given.burst, `${name}.burst`, 0, 1e6),
    retryAfterSeconds:
      given.retryAfterSeconds === undefined
        ? 1
        : readWhole(given.retryAfterSeconds, `${name}.retryAfterSeconds`, 0, 86_400),
    retryAfterAs:
      given.retryAfterAs === undefined
        ? "seconds"
        : readOneOf(given.retryAfterAs, ["seconds", "date"] as const, `${name}.retryAfterAs`),
  };
}

function readMap(value: unknown, name: string, base: Faults["map"]): Faults["map"] {
  const given = readObject(value, name);
  refuseUnknown(given, ["version", "changedShare"], name);
  return {
    version: given.version === undefined ? base.version : readWhole(given.version, `${name}.version`, 1, 1000),
    changedShare:
      given.changedShare === undefined ? base.changedShare : readShare(given.changedShare, `${name}.changedShare`),
  };
}

function readPlanned(value: unknown, name: string): Faults["planned"] {
  const given = Object.entries(readObject(value, name));
  return Object.fromEntries(
    given.map(([path, outcomes]) => {
      if (!path.startsWith("/")) throw new UsageError(`${name} has the path "${path}": write it as "/${path}".`);
      if (!Array.isArray(outcomes)) throw new UsageError(`${name}["${path}"] has to be a list of outcomes.`);
      return [path, outcomes.map((outcome) => readOutcome(outcome, `${name}["${path}"]`))];
    }),
  );
}

function readOutcome(value: unknown, name: string): Outcome {
  const text = String(value);
  if (WORDS.includes(text)) return text as Outcome;
  if (/^\d+$/.test(text)) return `${Number(readStatus(text, name))}`;
  throw new UsageError(
    `${name} has the outcome ${JSON.stringify(value)}: give a status, or one of ${WORDS.join(", ")}.`,
  );
}

function refuseMoreThanAll({ errors, resets, truncated, html, blocked }: Faults): void {
  const sum = [...Object.values(errors), resets, truncated, html, blocked].reduce((a, b) => a + b, 0);
  if (sum <= 1 + 1e-9) return;
  throw new UsageError(
    `The shares of errors, resets, truncated, html and blocked add up to ${Number(sum.toFixed(6))}: more than all requests cannot fail.`,
  );
}
