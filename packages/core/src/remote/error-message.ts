import { describe } from "../errors/describe.ts";
import { FmtcError } from "../errors/fmtc-error.ts";
import { ERROR_CLASSES } from "./error-classes.ts";
import { plainData } from "./plain-data.ts";

/** An error as it travels: what it says and what it is, without its stack and what has caused it, which may tell of the machine. */
export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
}

export function errorMessageOf(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { name: "Error", message: `It failed with ${describe(error)}.` };
  const { name, message } = error;
  if (!FmtcError.isInstance(error)) return { name, message };
  const own: Readonly<Record<string, unknown>> = { ...error };
  const fields = (ERROR_CLASSES.get(error.code)?.fields ?? []).map((field) => [field, plainData(own[field])]);
  return { name, message, code: error.code, fields: Object.fromEntries(fields) };
}

/** The same error again, of the same class. One of a class that is not known here still has its code. */
export function errorOf({ name, message, code, fields = {} }: ErrorMessage): Error {
  const error = code === undefined ? new Error(message) : new FmtcError(code, message);
  // Not an own field that everybody sees: a plain Error has none either.
  Object.defineProperty(error, "name", {
    value: name,
    configurable: true,
    writable: true,
    enumerable: code !== undefined,
  });
  const known = code === undefined ? undefined : ERROR_CLASSES.get(code);
  if (known !== undefined) {
    // Not by its constructor, which would make up a message anew.
    Object.setPrototypeOf(error, known.prototype);
    for (const field of known.fields) Object.assign(error, { [field]: plainData(fields[field]) });
  }
  return error;
}

/** Reads one of unknown origin. */
export function readErrorMessage(value: unknown): ErrorMessage | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { name, message, code, fields }: { [key in keyof ErrorMessage]?: unknown } = value;
  if (typeof name !== "string" || typeof message !== "string") return undefined;
  return {
    name,
    message,
    ...(typeof code === "string" && { code }),
    ...(typeof fields === "object" && fields !== null && { fields: { ...fields } }),
  };
}
