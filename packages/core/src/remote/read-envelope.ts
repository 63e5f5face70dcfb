import { type ErrorMessage, readErrorMessage } from "./error-message.ts";
import type { DownloadMessage, Envelope, FarMessage, NearMessage, RecoverableMessage } from "./protocol.ts";

// Whatever comes over a port is of unknown origin. What is not as the protocol says is undefined here, and passed over.

export function readEnvelope(data: unknown): Envelope | undefined {
  if (!isRecord(data) || data.fmtc !== "root" || !Array.isArray(data.messages)) return undefined;
  const { session, messages } = data;
  return session === undefined || typeof session === "string" ? { fmtc: "root", session, messages } : undefined;
}

export function readNearMessage(value: unknown): NearMessage | undefined {
  if (!isRecord(value)) return undefined;
  const { type, version, id, name, args } = value;
  switch (type) {
    case "hello":
      return typeof version === "number" ? { type, version } : undefined;
    case "call":
    case "listen":
      return isNumber(id) && typeof name === "string" && Array.isArray(args) ? { type, id, name, args } : undefined;
    case "taken":
    case "leave":
      return isNumber(id) ? { type, id } : undefined;
    case "ping":
    case "bye":
      return { type };
    default:
      return undefined;
  }
}

export function readFarMessage(given: unknown): FarMessage | undefined {
  if (!isRecord(given)) return undefined;
  const { type, version, id, ref, value } = given;
  switch (type) {
    case "ready":
    case "welcome":
    case "refused":
      return typeof version === "number" ? { type, version } : undefined;
    case "result":
    case "next":
      return isNumber(id) ? { type, id, value } : undefined;
    case "failure": {
      const error = readErrorMessage(given.error);
      return isNumber(id) && error !== undefined ? { type, id, error } : undefined;
    }
    case "complete":
      return isNumber(id) ? { type, id } : undefined;
    case "over":
      return readOver(given, ref);
    case "pong":
      return { type };
    case "bye":
      return { type, error: readErrorMessage(given.error) };
    default:
      return undefined;
  }
}

function readOver(given: Readonly<Record<string, unknown>>, ref: unknown): FarMessage | undefined {
  const error: ErrorMessage | undefined = readErrorMessage(given.error);
  const progress = isRecord(given.progress) ? given.progress : undefined;
  if (!isNumber(ref) || (progress === undefined && error === undefined)) return undefined;
  return { type: "over", ref, progress: progress as FarProgress, error };
}

type FarProgress = Extract<FarMessage, { type: "over" }>["progress"];

export function isDownloadMessage(value: unknown): value is DownloadMessage {
  return isRecord(value) && isNumber(value.ref) && typeof value.id === "string" && typeof value.store === "string";
}

export function isRecoverableMessage(value: unknown): value is RecoverableMessage {
  return isRecord(value) && typeof value.id === "string";
}

/** The members of a list that are objects: what else a list may hold is none of ours. */
export function recordsOf<T extends object>(value: readonly T[]): readonly T[] {
  return Array.isArray(value) ? value.filter((each: T) => isRecord(each)) : [];
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
