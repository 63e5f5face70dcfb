import { UsageError } from "../usage-error.ts";
import { numberOf } from "./number-of.ts";

export const faultFlags = {
  seed: { type: "string" },
  latency: { type: "string" },
  error: { type: "string", multiple: true },
  reset: { type: "string" },
  truncate: { type: "string" },
  html: { type: "string" },
  blocked: { type: "string" },
  drip: { type: "string" },
  "rate-limit": { type: "string" },
  burst: { type: "string" },
  "retry-after": { type: "string" },
  offline: { type: "boolean" },
  "map-version": { type: "string" },
} as const;

type Values = {
  readonly [Flag in keyof typeof faultFlags]?:
    | (Flag extends "error" ? string[] : Flag extends "offline" ? boolean : string)
    | undefined;
};

/** The flags as the JSON that the control endpoint takes, which is where they are checked. */
export function faultArguments(values: Values): Record<string, unknown> {
  const number = (name: Exclude<keyof Values, "error" | "offline">) => {
    const text = values[name];
    return text === undefined ? undefined : numberOf(text, `--${name}`);
  };
  const rateLimit = number("rate-limit");
  if (rateLimit === undefined && (values.burst ?? values["retry-after"]) !== undefined) {
    throw new UsageError("--burst and --retry-after belong to --rate-limit: give that too.");
  }
  return withoutUndefined({
    seed: number("seed"),
    latency: values.latency === undefined ? undefined : latencyOf(values.latency),
    errors: values.error === undefined ? undefined : Object.fromEntries(values.error.map(errorOf)),
    resets: number("reset"),
    truncated: number("truncate"),
    html: number("html"),
    blocked: number("blocked"),
    drip: values.drip === undefined ? undefined : { bytesPerSecond: number("drip") },
    rateLimit:
      rateLimit === undefined
        ? undefined
        : withoutUndefined({
            perSecond: rateLimit,
            burst: number("burst"),
            retryAfterSeconds: number("retry-after"),
          }),
    offline: values.offline,
    map: values["map-version"] === undefined ? undefined : { version: number("map-version") },
  });
}

function latencyOf(text: string): object {
  const [minMs, maxMs] = text.split("..");
  if (maxMs !== undefined) return { minMs: numberOf(minMs, "--latency"), maxMs: numberOf(maxMs, "--latency") };
  const [medianMs, sigma] = text.split("~");
  if (sigma !== undefined) return { medianMs: numberOf(medianMs, "--latency"), sigma: numberOf(sigma, "--latency") };
  return { ms: numberOf(text, "--latency") };
}

function errorOf(text: string): [status: string, share: number] {
  const [status, share, ...rest] = text.split("=");
  if (status === undefined || share === undefined || rest.length > 0) {
    throw new UsageError(`--error is "${text}": write a status and a share, such as --error 500=0.1.`);
  }
  return [status, numberOf(share, "--error")];
}

function withoutUndefined(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}
